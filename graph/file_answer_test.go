package graph_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// answerFile does a mutation of files that may fail, and gives the codes of what was
// wrong with the fields that they are on.
func (p *play) answerFile(t testing.TB, who kb.Actor, mutation string, in input) []string {
	t.Helper()
	kind := strings.ToUpper(mutation[:1]) + mutation[1:] + "Input!"
	got := p.as(who).ask(t, `mutation ($in: `+kind+`) { r: `+mutation+`(input: $in) { userErrors { field code message } } }`, jsonOf(t, input{"in": in}))
	if got.code() != "" {
		return []string{got.code()}
	}
	var data struct {
		R struct{ UserErrors []userError }
	}
	must(t, json.Unmarshal(got.Data, &data))
	out := []string{}
	for _, e := range data.R.UserErrors {
		out = append(out, strings.TrimSpace(e.Code+" "+e.Field))
	}
	p.follow(t)
	return out
}

// suggested gives the keys of the open suggestions of a file, and the summary of its material.
func (p *play) suggested(t testing.TB, who kb.Actor, id kb.ID) (keys []string, summary string, version int) {
	t.Helper()
	data := answer[struct {
		File struct {
			Record struct {
				Summary string
				Version int
			}
			Suggestions []struct{ Key, Field, Value, Source string }
		}
	}](t, p.as(who), `query ($id: ID!) { file(id: $id) { record { summary version } suggestions { key field value source } } }`, jsonOf(t, input{"id": id}))
	keys = []string{}
	for _, s := range data.File.Suggestions {
		keys = append(keys, s.Key+" "+s.Field+" "+s.Source)
	}
	return keys, data.File.Record.Summary, data.File.Record.Version
}

// TestSuggestionsAreTakenOrRefused: nothing is filled in by itself, what is taken
// stands in the material, and what is refused does not come back.
func TestSuggestionsAreTakenOrRefused(t *testing.T) {
	p := newPlay(t)
	r := p.done(t, expert(), "createCase", input{"title": "Een casus zonder samenvatting"}).Record
	f := p.upload(t, expert(), r.ID, "a.pptx", "Welkom\nIn Zwolle")
	p.read(t)
	keys, summary, version := p.suggested(t, expert(), f.ID)
	if diff := cmp.Diff([]string{"body body dia 1", "summary summary dia 1"}, keys); diff != "" || summary != "" {
		t.Fatalf("%s\nsummary %q", diff, summary)
	}
	for name, c := range map[string]struct {
		in   input
		want []string
	}{
		"another version":   {input{"record": r.ID, "version": version + 1, "file": f.ID, "keys": []string{"summary"}}, []string{"CONFLICT"}},
		"of other material": {input{"record": id("elders"), "version": version, "file": f.ID, "keys": []string{"summary"}}, []string{"NOT_FOUND"}},
	} {
		if got := p.answerFile(t, expert(), "takeSuggestions", c.in); !cmp.Equal(got, c.want) {
			t.Errorf("%s: %v", name, got)
		}
	}
	if got := p.answerFile(t, expert(), "takeSuggestions", input{"record": r.ID, "version": version, "file": f.ID, "keys": []string{"summary"}}); len(got) > 0 {
		t.Fatal(got)
	}
	keys, summary, _ = p.suggested(t, expert(), f.ID)
	if diff := cmp.Diff([]string{"body body dia 1"}, keys); diff != "" || summary != "Welkom In Zwolle" {
		t.Errorf("taken: %s\nsummary %q", diff, summary)
	}
	if got := p.answerFile(t, expert(), "refuseSuggestions", input{"file": f.ID, "keys": []string{"body"}}); len(got) > 0 {
		t.Fatal(got)
	}
	if keys, _, _ = p.suggested(t, expert(), f.ID); len(keys) > 0 {
		t.Errorf("refused: %v", keys)
	}
}

// TestDownloadLink works once, within ten minutes, for who may fetch the file.
func TestDownloadLink(t *testing.T) {
	p := newPlay(t)
	r := draftCase(t, p)
	f := p.upload(t, expert(), r.ID, "a.pptx", "de bytes")
	link := func() string {
		t.Helper()
		data := answer[struct {
			CreateDownloadLink struct {
				URL       *string
				ExpiresAt time.Time
			}
		}](t, p.as(expert()), `mutation ($id: ID!) { createDownloadLink(input: {file: $id}) { url expiresAt userErrors { message } } }`, jsonOf(t, input{"id": f.ID}))
		if left := data.CreateDownloadLink.ExpiresAt.Sub(p.clock.now); data.CreateDownloadLink.URL == nil || left <= 0 || left > 10*time.Minute {
			t.Fatalf("%+v, %s left", data, left)
		}
		p.follow(t)
		_, secret, _ := strings.Cut(*data.CreateDownloadLink.URL, "/downloads/")
		return secret
	}
	secret := link()
	d, err := p.config.Files.Redeem(t.Context(), secret)
	must(t, err)
	if d.Name != "a.pptx" || d.Blob.Size() != int64(len("de bytes")) {
		t.Errorf("%+v of %d bytes", d, d.Blob.Size())
	}
	must(t, d.Blob.Close())
	if _, err := p.config.Files.Redeem(t.Context(), secret); kb.CodeOf(err) != kb.NotFound {
		t.Errorf("a second time: %v", err)
	}
	late := link()
	p.clock.now = p.clock.now.Add(11 * time.Minute)
	if _, err := p.config.Files.Redeem(t.Context(), late); kb.CodeOf(err) != kb.NotFound {
		t.Errorf("after eleven minutes: %v", err)
	}
	if got := p.answerFile(t, member(), "createDownloadLink", input{"file": f.ID}); !cmp.Equal(got, []string{"NOT_FOUND"}) {
		t.Errorf("by a member, of a draft: %v", got)
	}
}

// TestNewerVersion: a file takes the place of another while it comes in, or is called
// its newer version later; both keep the link.
func TestNewerVersion(t *testing.T) {
	p := newPlay(t)
	r := draftCase(t, p)
	first, second := p.upload(t, expert(), r.ID, "een.pptx", "een"), p.upload(t, expert(), r.ID, "twee.pptx", "twee")
	replaces := func(id kb.ID) string {
		t.Helper()
		data := answer[struct {
			File struct{ Replaces *struct{ Name string } }
		}](t, p.as(expert()), `query ($id: ID!) { file(id: $id) { replaces { name } } }`, jsonOf(t, input{"id": id}))
		if data.File.Replaces == nil {
			return ""
		}
		return data.File.Replaces.Name
	}
	for name, to := range map[string]kb.ID{"itself": second.ID, "of other material": id("elders")} {
		if got := p.answerFile(t, expert(), "changeFile", input{"id": second.ID, "version": second.Version, "replaces": to}); !cmp.Equal(got, []string{"BAD_USER_INPUT replaces"}) {
			t.Errorf("%s: %v", name, got)
		}
	}
	changed := p.onTheFile(t, expert(), "changeFile", "ChangeFileInput", input{"id": second.ID, "version": second.Version, "replaces": first.ID})
	if got := replaces(second.ID); got != "een.pptx" {
		t.Errorf("a newer version of %q", got)
	}
	p.onTheFile(t, expert(), "changeFile", "ChangeFileInput", input{"id": second.ID, "version": changed.Version, "replaces": ""})
	if got := replaces(second.ID); got != "" {
		t.Errorf("of nothing any more: %q", got)
	}
	query := strings.Replace(uploadOne, "file: $f}", fmt.Sprintf("file: $f, replaces: %q}", first.ID), 1)
	got := p.as(expert()).send(t, form(t, operations(t, query, r.ID, nil), part{name: "map", body: `{"0":["variables.f"]}`}, part{"0", "drie.pptx", "drie"}))
	if got.Status != http.StatusOK || !strings.Contains(got.Raw, "drie.pptx") {
		t.Fatal(got.Raw)
	}
	p.follow(t)
	if diff := cmp.Diff([]string{"drie.pptx", "twee.pptx"}, p.filesOf(t, expert(), r.ID)); diff != "" {
		t.Error(diff)
	}
	if got := p.as(expert()).send(t, form(t, operations(t, query, r.ID, nil), part{name: "map", body: `{"0":["variables.f"]}`}, part{"0", "vier.pptx", "vier"})); !strings.Contains(got.Raw, `"field":"replaces"`) {
		t.Errorf("in the place of a file that is not there any more: %s", got.Raw)
	}
}

// filesOf gives the names of the files of material in their order.
func (p *play) filesOf(t testing.TB, who kb.Actor, id kb.ID) []string {
	t.Helper()
	data := answer[struct {
		Node struct{ Files []struct{ Name string } }
	}](t, p.as(who), `query ($id: ID!) { node(id: $id) { ... on Material { files { name } } } }`, jsonOf(t, input{"id": id}))
	out := []string{}
	for _, f := range data.Node.Files {
		out = append(out, f.Name)
	}
	return out
}

// TestUploadTwice: who sends a file again under the same key adds no second one.
func TestUploadTwice(t *testing.T) {
	p := newPlay(t)
	r := draftCase(t, p)
	send := func(key, name string) file {
		t.Helper()
		query := strings.Replace(uploadOne, "file: $f}", fmt.Sprintf("file: $f, idempotencyKey: %q}", key), 1)
		got := p.as(expert()).send(t, form(t, operations(t, query, r.ID, nil), part{name: "map", body: `{"0":["variables.f"]}`}, part{"0", name, "bytes van " + name}))
		var data struct{ UploadFile struct{ File *file } }
		must(t, json.Unmarshal(got.Data, &data))
		p.follow(t)
		if data.UploadFile.File == nil {
			return file{Message: got.Raw}
		}
		return *data.UploadFile.File
	}
	first, again, other := send("k1", "een.txt"), send("k1", "een.txt"), send("k2", "twee.txt")
	if first.ID == "" || first.ID != again.ID || other.ID == first.ID {
		t.Errorf("%s, again %s, another key %s", first.ID, again.ID, other.ID)
	}
	if diff := cmp.Diff([]string{"een.txt", "twee.txt"}, p.filesOf(t, expert(), r.ID)); diff != "" {
		t.Error(diff)
	}
	if got := send(strings.Repeat("k", kb.MaxIdempotencyKey+1), "drie.txt"); !strings.Contains(got.Message, `"field":"idempotencyKey"`) {
		t.Errorf("a key that is too long: %+v", got)
	}
	p.done(t, expert(), "removeFile", input{"id": first.ID, "version": p.open(t, expert(), first.ID).Version})
	if got := send("k1", "een.txt"); !strings.Contains(got.Message, "NOT_FOUND") {
		t.Errorf("after it was removed: %+v", got)
	}
}

// TestSimilar names a file with nearly the same text, to who may read it.
func TestSimilar(t *testing.T) {
	p := newPlay(t)
	words := func(n int) string {
		var b strings.Builder
		for i := range 200 {
			fmt.Fprintf(&b, "woord%d ", (i+n)%211)
		}
		return b.String()
	}
	r := draftCase(t, p)
	first := p.upload(t, expert(), r.ID, "een.pptx", words(0))
	second := p.upload(t, expert(), r.ID, "twee.pptx", words(3))
	p.upload(t, expert(), r.ID, "heel anders.pptx", "Iets dat op niets lijkt, en op niets anders dan dat.")
	p.read(t)
	data := answer[struct {
		File struct {
			Similar []struct {
				Likeness float64
				Text     string
				File     struct{ ID kb.ID }
			}
		}
	}](t, p.as(expert()), `query ($id: ID!) { file(id: $id) { similar { likeness text file { id } } } }`, jsonOf(t, input{"id": second.ID}))
	found := data.File.Similar
	if len(found) != 1 || found[0].File.ID != first.ID || found[0].Likeness < 0.5 || found[0].Likeness >= 1 || !strings.HasSuffix(found[0].Text, "%") {
		t.Errorf("similar: %+v", found)
	}
}

// TestFilePage gives one page by its number, and none that is hidden or not there.
func TestFilePage(t *testing.T) {
	p := newPlay(t)
	r := draftCase(t, p)
	f := p.upload(t, expert(), r.ID, "deck.pptx", "Een\ftwee\fdrie")
	p.read(t)
	f = p.onTheFile(t, expert(), "changeFile", "ChangeFileInput", input{"id": f.ID, "version": f.Version, "hiddenPages": []int{2}})
	r.Version++
	p.step(t, editor(), "publish", p.step(t, expert(), "submitForReview", r, nil), nil)
	page := func(who kb.Actor, number int) string {
		t.Helper()
		data := answer[struct {
			File struct {
				Page *struct {
					Number      int
					Label, Text string
				}
			}
		}](t, p.as(who), `query ($id: ID!, $n: Int!) { file(id: $id) { page(number: $n) { number label text } } }`, jsonOf(t, input{"id": f.ID, "n": number}))
		if data.File.Page == nil {
			return ""
		}
		return data.File.Page.Label + ": " + data.File.Page.Text
	}
	for number, want := range map[int][2]string{-1: {}, 0: {}, 1: {"dia 1: Een", "dia 1: Een"}, 2: {"", "dia 2: twee"}, 3: {"dia 3: drie", "dia 3: drie"}, 4: {}} {
		if got := [2]string{page(kb.Visitor(), number), page(expert(), number)}; got != want {
			t.Errorf("page %d: %q", number, got)
		}
	}
}

// TestFileForATeam is there for who is in the team, and for who works on the material;
// in searches too.
func TestFileForATeam(t *testing.T) {
	p := newPlay(t)
	circle := p.done(t, editor(), "createLearningCircle", input{"name": "De kring"}).Record
	p.step(t, editor(), "publish", p.step(t, editor(), "submitForReview", circle, nil), nil)
	r := draftCase(t, p)
	f := p.upload(t, expert(), r.ID, "kring.pptx", "Kring\nDe vertrouwelijke kwakzalverij")
	p.read(t)
	if got := p.answerFile(t, expert(), "changeFile", input{"id": f.ID, "version": f.Version, "visibility": "TEAM"}); !cmp.Equal(got, []string{"BAD_USER_INPUT team"}) {
		t.Errorf("for a team without one: %v", got)
	}
	p.onTheFile(t, expert(), "changeFile", "ChangeFileInput", input{"id": f.ID, "version": f.Version, "visibility": "TEAM", "team": circle.ID})
	r.Version++
	p.step(t, editor(), "publish", p.step(t, expert(), "submitForReview", r, nil), nil)
	inTeam := member()
	inTeam.Teams = []kb.Membership{{Team: circle.ID, Role: kb.TeamParticipant}}
	for name, c := range map[string]struct {
		who  kb.Actor
		sees bool
	}{"visitor": {kb.Visitor(), false}, "guest": {guest(), false}, "member": {member(), false}, "in the team": {inTeam, true}, "owner": {expert(), true}, "editor": {editor(), true}} {
		if got := p.open(t, c.who, f.ID) != nil; got != c.sees {
			t.Errorf("%s opens it: %v", name, got)
		}
		if got := len(p.filesOf(t, c.who, r.ID)) > 0; got != c.sees {
			t.Errorf("%s sees it in the list: %v", name, got)
		}
		if got := len(p.passages(t, c.who, "kwakzalverij")) > 0; got != c.sees {
			t.Errorf("%s finds it: %v", name, got)
		}
	}
}

// TestUploadLimits tells everyone what the operator allows.
func TestUploadLimits(t *testing.T) {
	p := newPlay(t)
	for _, who := range []kb.Actor{kb.Visitor(), admin()} {
		if got := p.as(who).ask(t, `{ uploadLimits { file request } }`, ""); string(got.Data) != `{"uploadLimits":{"file":1048576,"request":3145728}}` {
			t.Errorf("%s: %s", who.Name, got.Raw)
		}
	}
}
