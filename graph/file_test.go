package graph_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// passages gives where a search by someone finds words in files, as "label: text".
func (p *play) passages(t testing.TB, who kb.Actor, text string) []string {
	t.Helper()
	got := answer[struct {
		Search struct {
			Edges []struct {
				Passage *struct {
					Label, Text, URL string
					Page             int
					File             struct{ ID kb.ID }
				}
			}
		}
	}](t, p.as(who), `query ($q: String) { search(query: $q) { edges { passage { label text page url file { id } } } } }`, jsonOf(t, input{"q": text}))
	out := []string{}
	for _, e := range got.Search.Edges {
		if e.Passage != nil {
			out = append(out, e.Passage.Label+": "+e.Passage.Text)
		}
	}
	return out
}

const deck = "Welkom\nWat wij doen\fWarmtenet\nDe aanleg van een warmtenet\fPersoneel\nBSN van de projectleider: 111222333"

// TestFileFromUploadToSlide is the life of a deck: it comes in, is read, keeps its
// material from review, is mended by hiding a slide, is found by a slide, and loses one.
func TestFileFromUploadToSlide(t *testing.T) {
	p := newPlay(t)
	r := draftCase(t, p)
	f := p.upload(t, expert(), r.ID, "deck.pptx", deck)
	if f.State != "WAITING" || f.Message == "" || f.URL == nil {
		t.Errorf("just uploaded: %+v", f)
	}
	r.Version++ // the material lists the file
	if got := p.wrong(t, expert(), "submitForReview", on(r, nil)); !strings.Contains(got[0].Message, "still being read") {
		t.Errorf("submitted while it was being read: %v", got)
	}
	p.read(t)
	got := *p.open(t, expert(), f.ID)
	if got.State != "READ" || got.PageCount != 3 || *got.Unit != "SLIDE" || got.Thumbnail == nil || got.Pages.Nodes[1].Label != "dia 2" ||
		len(got.Findings) != 1 || got.Findings[0].Type != "BSN" || got.Findings[0].Severity != "SERIOUS" || got.Message != "" {
		t.Errorf("read: %+v", got)
	}
	if got := p.wrong(t, expert(), "submitForReview", on(r, nil)); !strings.Contains(got[0].Message, "look at what was found") {
		t.Errorf("submitted with a citizen service number: %v", got)
	}
	explained := p.onTheFile(t, expert(), "explainFinding", "ExplainFindingInput", input{"file": f.ID, "version": got.Version, "finding": "bsn-1", "reason": "Een verzonnen nummer."})
	if x := explained.Findings[0].Explained; x == nil || x.Reason != "Een verzonnen nummer." || x.By.Name != "Expert" {
		t.Errorf("explained: %+v", explained.Findings)
	}
	r = p.step(t, expert(), "submitForReview", r, nil)
	r = p.step(t, editor(), "publish", r, nil)
	if r.Status != "PUBLISHED" {
		t.Fatal(r.Status)
	}
	for _, who := range []kb.Actor{kb.Visitor(), member()} {
		if diff := cmp.Diff([]string{"dia 2: Warmtenet De aanleg van een warmtenet"}, oneLine(p.passages(t, who, "warmtenet aanleg"))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", who.Name, diff)
		}
	}

	hidden := p.onTheFile(t, editor(), "changeFile", "ChangeFileInput", input{"id": f.ID, "version": explained.Version, "hiddenPages": []int{2}})
	if !slices.Equal(hidden.HiddenPages, []int{2}) || !hidden.Pages.Nodes[1].Hidden || hidden.URL == nil {
		t.Errorf("hidden, for an editor: %+v", hidden)
	}
	if got := p.passages(t, kb.Visitor(), "warmtenet aanleg"); len(got) > 0 {
		t.Errorf("a hidden slide is found: %v", got)
	}
	seen := p.open(t, kb.Visitor(), f.ID)
	if seen == nil || seen.Pages.TotalCount != 2 || len(seen.Pages.Nodes) != 2 || seen.URL != nil || seen.Findings != nil || len(seen.HiddenPages) > 0 || len(seen.ViewerCan) > 0 || len(seen.Outline) != 2 {
		t.Errorf("hidden, for a visitor: %+v", seen)
	}
	p.done(t, editor(), "removeFile", input{"id": f.ID, "version": hidden.Version})
	if seen := p.open(t, kb.Visitor(), f.ID); seen == nil {
		t.Error("readers lost a file that only the working copy lost")
	}
}

func oneLine(list []string) []string {
	for i, s := range list {
		list[i] = strings.Join(strings.Fields(s), " ")
	}
	return list
}

// TestFileForMembers keeps a file of public material from visitors: by id, in lists,
// in searches and in pages.
func TestFileForMembers(t *testing.T) {
	p := newPlay(t)
	r := draftCase(t, p)
	f := p.upload(t, expert(), r.ID, "intern.pptx", "Intern\nDe vertrouwelijke kwakzalverij")
	p.read(t)
	p.onTheFile(t, expert(), "changeFile", "ChangeFileInput", input{"id": f.ID, "version": p.open(t, expert(), f.ID).Version, "visibility": "MEMBERS"})
	r.Version++
	p.step(t, editor(), "publish", p.step(t, expert(), "submitForReview", r, nil), nil)
	query := `query ($id: ID!, $case: ID!) { node(id: $id) { id ... on File { name } } nodes(ids: [$id]) { id } file(id: $id) { id } case: node(id: $case) { ... on Case { files { name } } } search(query: "kwakzalverij") { totalCount edges { passage { text } } } }`
	variables := jsonOf(t, input{"id": f.ID, "case": r.ID})
	for name, c := range map[string]struct {
		who  kb.Actor
		sees bool
	}{"visitor": {kb.Visitor(), false}, "guest": {guest(), false}, "member": {member(), true}, "owner": {expert(), true}, "editor": {editor(), true}} {
		got := p.as(c.who).ask(t, query, variables)
		for _, piece := range []string{"intern.pptx", "kwakzalverij"} {
			if strings.Contains(got.Raw, piece) != c.sees {
				t.Errorf("%s: %s", name, got.Raw)
			}
		}
		var data struct{ Node, File *struct{ ID kb.ID } }
		must(t, json.Unmarshal(got.Data, &data))
		if (data.Node != nil) != c.sees || (data.File != nil) != c.sees {
			t.Errorf("%s: %s", name, got.Raw)
		}
	}
}

// TestFileStates tells what a state means in both languages, and who may try again.
func TestFileStates(t *testing.T) {
	p := newPlay(t)
	r := draftCase(t, p)
	f := p.upload(t, expert(), r.ID, "slot.pdf", "%locked")
	p.read(t)
	for lang, want := range map[string]string{"nl": "beveiligd met een wachtwoord", "en": "protected by a password"} {
		got := p.as(expert()).ask(t, `query ($id: ID!) { file(id: $id) { state message viewerCan findings { type message } } }`, jsonOf(t, input{"id": f.ID}), "Accept-Language", lang)
		if !strings.Contains(got.Raw, want) || !strings.Contains(got.Raw, `"ENCRYPTED"`) || !strings.Contains(got.Raw, "RETRY") {
			t.Errorf("%s: %s", lang, got.Raw)
		}
	}
	if got := p.as(expert()).ask(t, `mutation ($id: ID!) { retryFile(input: {id: $id}) { id userErrors { code } } }`, jsonOf(t, input{"id": f.ID})); !strings.Contains(got.Raw, string(f.ID)) {
		t.Error(got.Raw)
	}
	if got := p.open(t, expert(), f.ID); got.State != "WAITING" {
		t.Errorf("tried again: %+v", got)
	}
}

// TestFileRights asks every operation on files as everyone: only who works on the
// material may, and others are answered as if it were not there.
func TestFileRights(t *testing.T) {
	p := newPlay(t)
	r := draftCase(t, p)
	f := p.upload(t, expert(), r.ID, "deck.pptx", deck)
	p.read(t)
	gone := id("niet er")
	ask := func(who kb.Actor, of kb.ID, record kb.ID) map[string]string {
		out := map[string]string{}
		for name, in := range map[string]string{
			"changeFile": `id: $f, version: 9`, "removeFile": `id: $f, version: 9`, "explainFinding": `file: $f, version: 9, finding: "bsn-1", reason: "x"`,
			"refuseSuggestions": `file: $f, keys: []`, "createDownloadLink": `file: $f`, "retryFile": `id: $f`,
			"takeSuggestions": `record: $r, version: 9, file: $f, keys: ["x"]`, "startUpload": `record: $r, name: "x", size: 3`,
		} {
			got := p.as(who).ask(t, "mutation { "+name+"(input: {"+strings.NewReplacer("$f", jsonOf(t, of), "$r", jsonOf(t, record)).Replace(in)+"}) { userErrors { code message } } }", "")
			out[name] = got.code()
			for _, code := range []string{"NOT_FOUND", "CONFLICT", "BAD_USER_INPUT"} {
				if strings.Contains(got.Raw, `"code":"`+code) {
					out[name] = code
				}
			}
		}
		got := p.as(who).send(t, form(t, operations(t, uploadOne, record, nil), part{name: "map", body: `{"0":["variables.f"]}`}, part{"0", "x.txt", "x"}))
		out["uploadFile"] = got.code()
		if strings.Contains(got.Raw, "NOT_FOUND") {
			out["uploadFile"] = "NOT_FOUND"
		}
		return out
	}
	for name, who := range map[string]kb.Actor{"visitor": kb.Visitor(), "guest": guest(), "member": member(), "expert": another()} {
		want := map[string]string{}
		for op := range ask(who, f.ID, r.ID) {
			want[op] = map[bool]string{true: "UNAUTHENTICATED", false: "NOT_FOUND"}[name == "visitor"]
		}
		got := ask(who, f.ID, r.ID)
		if diff := cmp.Diff(ask(who, gone, gone), got); diff != "" {
			t.Errorf("%s learns of what they may not see:\n%s", name, diff)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	for name, c := range map[string]struct {
		who  kb.Actor
		code string
	}{"visitor": {kb.Visitor(), "UNAUTHENTICATED"}, "editor": {editor(), "FORBIDDEN"}, "admin": {admin(), ""}} {
		if got := p.as(c.who).ask(t, `{ parkedFiles { totalCount nodes { id } } }`, ""); got.code() != c.code {
			t.Errorf("parkedFiles by %s: %s", name, got.Raw)
		}
	}
}
