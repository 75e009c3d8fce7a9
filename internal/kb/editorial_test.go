package kb_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// finder answers each text with fixed hits, others when synonyms come with it.
type finder struct {
	kb.Searcher
	hits, withSynonyms map[string][]kb.ID
	// asked are the actors who searched.
	asked []kb.Actor
}

func (f *finder) Search(_ context.Context, actor kb.Actor, req kb.SearchRequest) (*kb.SearchResult, error) {
	f.asked = append(f.asked, actor)
	ids := f.hits[req.Text]
	if len(req.Synonyms) > 0 {
		ids = f.withSynonyms[req.Text]
	}
	res := &kb.SearchResult{Total: len(ids)}
	for _, id := range ids[:min(len(ids), req.First)] {
		c := &kb.Case{}
		c.ID = id
		res.Hits = append(res.Hits, kb.Hit{Entity: c})
	}
	return res, nil
}

func editorial(t *testing.T, f kb.Searcher) (*kb.Editorial, kb.Store) {
	t.Helper()
	store := openStore(t)
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	now := func() time.Time { at = at.Add(time.Minute); return at }
	return kb.NewEditorial(store, f, nil, now), store
}

func storedSynonyms(t *testing.T, store kb.Store, id kb.ID) *kb.Synonyms {
	t.Helper()
	live, _, err := kb.DecodeRecord(stored(t, store, id))
	if err != nil || live == nil {
		t.Fatal(live, err)
	}
	return live.(*kb.Synonyms)
}

func TestSynonymsAreKeptInVersions(t *testing.T) {
	ed, store := editorial(t, &finder{})
	editor := theEditor()
	s := &kb.Synonyms{Terms: []string{"Huis", "woning"}}
	seq, err := ed.PutSynonyms(t.Context(), editor, s)
	if err != nil || seq == 0 || s.Version != 1 || s.ID != kb.SynonymsID("huis") {
		t.Fatalf("made: %d, version %d of %s, %v", seq, s.Version, s.ID, err)
	}
	made := storedSynonyms(t, store, s.ID)
	if !kb.Visitor().CanRead(made) || made.CreatedBy != editor.Account {
		t.Errorf("made as %+v", made.Head)
	}

	next := &kb.Synonyms{Head: kb.Head{ID: s.ID, Version: 1}, Terms: []string{"huis", "woning", "pand"}, OneWay: true}
	if _, err := ed.PutSynonyms(t.Context(), kb.System(), next); err != nil {
		t.Fatal(err)
	}
	got := storedSynonyms(t, store, s.ID)
	if !got.CreatedAt.Equal(made.CreatedAt) || got.CreatedBy != editor.Account || got.Slug != made.Slug || !got.UpdatedAt.After(made.UpdatedAt) {
		t.Errorf("changed as %+v", got.Head)
	}
	if diff := cmp.Diff(next.Terms, got.Terms); diff != "" || !got.OneWay {
		t.Error(diff, got.OneWay)
	}

	if _, err := ed.DeleteSynonyms(t.Context(), editor, s.ID, 2); err != nil {
		t.Fatal(err)
	}
	again := &kb.Synonyms{Terms: []string{"huis", "thuis"}}
	if _, err := ed.PutSynonyms(t.Context(), editor, again); err != nil || again.Version != 4 {
		t.Errorf("made again as version %d, %v", again.Version, err)
	}
}

func TestWritesThatAreRefused(t *testing.T) {
	ed, store := editorial(t, &finder{})
	theme := &kb.Theme{Head: head("wonen"), PrefLabel: kb.Label{NL: "Wonen"}}
	write(t, store, theme, nil, nil)
	s := &kb.Synonyms{Terms: []string{"huis", "woning"}}
	if _, err := ed.PutSynonyms(t.Context(), theEditor(), s); err != nil {
		t.Fatal(err)
	}
	put := func(actor kb.Actor, h kb.Head, terms ...string) error {
		_, err := ed.PutSynonyms(t.Context(), actor, &kb.Synonyms{Head: h, Terms: terms})
		return err
	}
	remove := func(actor kb.Actor, id kb.ID, version int) error {
		_, err := ed.DeleteSynonyms(t.Context(), actor, id, version)
		return err
	}
	judge := func(actor kb.Actor, l *kb.JudgementList) error {
		_, err := ed.PutJudgements(t.Context(), actor, l)
		return err
	}
	list := func(_ any, err error) error { return err }
	for name, c := range map[string]struct {
		err  error
		want kb.Code
	}{
		"by an expert":             {put(as(kb.RoleExpert), kb.Head{}, "a", "b"), kb.Forbidden},
		"by a visitor":             {put(kb.Visitor(), kb.Head{}, "a", "b"), kb.Unauthenticated},
		"removed by a visitor":     {remove(kb.Visitor(), s.ID, 1), kb.Unauthenticated},
		"judged by a visitor":      {judge(kb.Visitor(), &kb.JudgementList{}), kb.Unauthenticated},
		"listed by a visitor":      {list(ed.Synonyms(t.Context(), kb.Visitor())), kb.Unauthenticated},
		"previewed by a visitor":   {list(ed.Preview(t.Context(), kb.Visitor(), s, nil)), kb.Unauthenticated},
		"run by a visitor":         {list(ed.Judge(t.Context(), kb.Visitor(), &kb.JudgementList{})), kb.Unauthenticated},
		"without terms":            {put(theEditor(), kb.Head{}), kb.Invalid},
		"of one term":              {put(theEditor(), kb.Head{}, "a"), kb.Invalid},
		"without a name":           {judge(theEditor(), &kb.JudgementList{}), kb.Invalid},
		"a preview of one term":    {list(ed.Preview(t.Context(), theEditor(), &kb.Synonyms{Terms: []string{"a"}}, nil)), kb.Invalid},
		"made twice":               {put(theEditor(), kb.Head{}, "Huis", "tent"), kb.Conflict},
		"after another version":    {put(theEditor(), kb.Head{ID: s.ID, Version: 7}, "huis", "tent"), kb.Conflict},
		"removed after another":    {remove(theEditor(), s.ID, 7), kb.Conflict},
		"that are none":            {put(theEditor(), kb.Head{ID: theme.ID, Version: 1}, "huis", "tent"), kb.NotFound},
		"under a nonsense":         {put(theEditor(), kb.Head{ID: "x"}, "huis", "tent"), kb.NotFound},
		"removed that are none":    {remove(theEditor(), theme.ID, 1), kb.NotFound},
		"removed that are not":     {remove(theEditor(), kb.DeriveID("test", "none"), 1), kb.NotFound},
		"removed under a nonsense": {remove(theEditor(), "x", 1), kb.NotFound},
	} {
		if got := kb.CodeOf(c.err); got != c.want {
			t.Errorf("%s: %v, want %s", name, c.err, c.want)
		}
	}
	if got := stored(t, store, s.ID); got.Version != 1 {
		t.Errorf("version %d after writes that were refused", got.Version)
	}
}

func TestJudgementListsAreForEditors(t *testing.T) {
	ed, store := editorial(t, &finder{})
	l := sample[*kb.JudgementList](t)
	l.Head = kb.Head{}
	if _, err := ed.PutJudgements(t.Context(), theEditor(), l); err != nil || l.ID != kb.JudgementListID("wonen") {
		t.Fatal(l.ID, err)
	}
	live, _, err := kb.DecodeRecord(stored(t, store, l.ID))
	if err != nil || kb.Visitor().CanRead(live) || !theEditor().CanRead(live) {
		t.Errorf("%+v, %v", live, err)
	}
	if _, err := ed.DeleteSynonyms(t.Context(), theEditor(), l.ID, 1); kb.CodeOf(err) != kb.NotFound {
		t.Errorf("taken away as if it were synonyms: %v", err)
	}
}

func ids(names ...string) []kb.ID {
	out := make([]kb.ID, len(names))
	for i, name := range names {
		out[i] = kb.DeriveID("test", name)
	}
	return out
}

func TestPreview(t *testing.T) {
	f := &finder{
		hits:         map[string][]kb.ID{"huis": ids("a", "b", "c", "d"), "tuin": ids("e")},
		withSynonyms: map[string][]kb.ID{"huis": ids("a", "new", "b", "d"), "tuin": ids("e")},
	}
	ed, _ := editorial(t, f)
	got, err := ed.Preview(t.Context(), theEditor(), &kb.Synonyms{Terms: []string{"huis", "woning"}}, []string{"huis", "tuin"})
	if err != nil {
		t.Fatal(err)
	}
	move := func(name string, before, after int) kb.Move {
		c := &kb.Case{}
		c.ID = kb.DeriveID("test", name)
		return kb.Move{Entity: c, Before: before, After: after}
	}
	want := []kb.Preview{
		{Query: "huis", TotalBefore: 4, TotalAfter: 4, Moves: []kb.Move{move("new", 0, 2), move("b", 2, 3), move("c", 3, 0)}},
		{Query: "tuin", TotalBefore: 1, TotalAfter: 1},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if slices.ContainsFunc(f.asked, kb.Actor.CanEdit) {
		t.Error("it shows what editors see, not visitors")
	}
}

func TestJudge(t *testing.T) {
	twelve := ids("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12")
	f := &finder{hits: map[string][]kb.ID{"huis": twelve, "tuin": ids("x")}}
	ed, _ := editorial(t, f)
	huis := kb.JudgedQuery{Text: "huis", Wanted: []kb.Wanted{{Record: twelve[1], Grade: 3}, {Record: twelve[10], Grade: 1}, {Record: ids("no")[0], Grade: 2}, {Record: twelve[9], Grade: 1}}}
	tuin := kb.JudgedQuery{Text: "tuin", Wanted: []kb.Wanted{{Record: ids("no")[0], Grade: 3}}}
	got, err := ed.Judge(t.Context(), theEditor(), &kb.JudgementList{Queries: []kb.JudgedQuery{huis, tuin}})
	if err != nil {
		t.Fatal(err)
	}
	want := kb.Judged{Recall: 0.25, MRR: 0.25, Queries: []kb.JudgedPlaces{
		{Query: huis, Places: []int{2, 11, 0, 10}, Recall: 0.5, Reciprocal: 0.5},
		{Query: tuin, Places: []int{0}},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if slices.ContainsFunc(f.asked, kb.Actor.CanEdit) {
		t.Error("it judges what editors find, not visitors")
	}
}

// What editors do to the lists stands in the audit trail, and is found at once by
// who did it.
func TestListsAreAudited(t *testing.T) {
	w, ctx := newDeskWorld(t), t.Context()
	ed := kb.NewEditorial(w.store, w.index, w.own, func() time.Time { return w.now })
	s := &kb.Synonyms{Terms: []string{"huis", "woning"}}
	if _, err := ed.PutSynonyms(ctx, w.editor, s); err != nil {
		t.Fatal(err)
	}
	found, err := ed.Synonyms(ctx, w.editor)
	if err != nil || len(found) != 1 {
		t.Errorf("one's own write is not found: %v, %v", found, err)
	}
	if _, err := ed.PutSynonyms(ctx, w.editor, &kb.Synonyms{Head: kb.Head{ID: s.ID, Version: 1}, Terms: s.Terms, Note: "Zo zoekt men."}); err != nil {
		t.Fatal(err)
	}
	l := sample[*kb.JudgementList](t)
	l.Head = kb.Head{}
	if _, err := ed.PutJudgements(ctx, w.editor, l); err != nil {
		t.Fatal(err)
	}
	if _, err := ed.DeleteJudgements(ctx, w.editor, s.ID, 2); kb.CodeOf(err) != kb.NotFound {
		t.Errorf("synonyms taken away as if they were judgements: %v", err)
	}
	if _, err := ed.DeleteJudgements(ctx, w.editor, l.ID, 1); err != nil {
		t.Fatal(err)
	}
	page, err := w.Audit(ctx, w.editor, kb.AuditRequest{Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range page.Entries {
		got = append(got, string(e.Event.Type)+" "+string(e.Kind)+" "+e.Title+" "+strings.Join(e.Event.Fields, ","))
	}
	want := []string{
		"LIST_DELETED judgements  ", "LIST_CHANGED judgements Wonen name,queries,slug,visibility",
		"LIST_CHANGED synonyms huis note", "LIST_CHANGED synonyms huis slug,terms,visibility",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestRedirects(t *testing.T) {
	ed, _ := editorial(t, &finder{})
	ctx := t.Context()
	r := &kb.Redirect{From: "/regio/haren", To: "/regio/groningen", Why: "Heringedeeld in 2019."}
	if _, err := ed.PutRedirect(ctx, theEditor(), r); err != nil {
		t.Fatal(err)
	}
	got, err := ed.Redirect(ctx, "/regio/haren")
	if err != nil || got.To != "/regio/groningen" || !kb.Visitor().CanRead(got) {
		t.Errorf("%+v, %v", got, err)
	}
	second := &kb.Redirect{From: "/regio/bedum", To: "/regio/het-hogeland"}
	if _, err := ed.PutRedirect(ctx, theEditor(), second); err != nil {
		t.Fatal(err)
	}
	put := func(actor kb.Actor, r kb.Redirect) error {
		_, err := ed.PutRedirect(ctx, actor, &r)
		return err
	}
	for name, c := range map[string]struct {
		err  error
		want kb.Code
	}{
		"made twice":             {put(theEditor(), kb.Redirect{From: "/regio/haren", To: "/x"}), kb.Conflict},
		"from where another is":  {put(theEditor(), kb.Redirect{Head: kb.Head{ID: second.ID, Version: 1}, From: "/regio/haren", To: "/x"}), kb.Invalid},
		"to itself":              {put(theEditor(), kb.Redirect{From: "/a", To: "/a"}), kb.Invalid},
		"to another site":        {put(theEditor(), kb.Redirect{From: "/a", To: "//elders.example/b"}), kb.Invalid},
		"by an expert":           {put(as(kb.RoleExpert), kb.Redirect{From: "/a", To: "/b"}), kb.Forbidden},
		"taken away by a member": {errorOf(ed.DeleteRedirect(ctx, as(kb.RoleMember), r.ID, 1)), kb.Forbidden},
		"from nowhere":           {errorOf(ed.Redirect(ctx, "/regio/nergens")), kb.NotFound},
	} {
		if kb.CodeOf(c.err) != c.want {
			t.Errorf("%s: %v, want %s", name, c.err, c.want)
		}
	}
	if _, err := ed.DeleteRedirect(ctx, theEditor(), r.ID, 1); err != nil {
		t.Fatal(err)
	}
	if _, err := ed.Redirect(ctx, "/regio/haren"); kb.CodeOf(err) != kb.NotFound {
		t.Errorf("taken away: %v", err)
	}
}

func errorOf[T any](_ T, err error) error { return err }
