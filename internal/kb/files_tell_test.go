package kb_test

import (
	"context"
	"strings"
	"testing"

	"leerkring/internal/kb"
)

// Who uploaded a file that nobody can read is told so, once, and nobody else is.
func TestUnreadFilesAreTold(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t)
	teller := kb.NewTeller(kb.TellerConfig{
		Store: w.store, Search: w.index, Now: w.files.Now,
		Follow: func(context.Context, kb.Seq) error { w.follow(); return nil },
	})
	if _, _, err := teller.Step(ctx); err != nil {
		t.Fatal(err)
	}
	material := w.draft("Wonen")
	w.add(material.ID, "open.txt", "tekst")
	w.add(material.ID, "dicht.pdf", "encrypted")
	w.read()
	for more := true; more; {
		var err error
		if _, more, err = teller.Step(ctx); err != nil {
			t.Fatal(err)
		}
	}
	w.follow()
	page, err := w.index.Search(ctx, kb.System(), kb.SearchRequest{Kinds: []kb.Kind{kb.KindNotification}, Sort: kb.SortNewest, First: 10})
	check(t, err)
	if len(page.Hits) != 1 {
		t.Fatalf("%d are told", len(page.Hits))
	}
	n := page.Hits[0].Entity.(*kb.Notification)
	if n.Account != w.expert.Account || n.Record != material.ID || !strings.Contains(n.Text().NL, "‘dicht.pdf’ kon niet worden gelezen") {
		t.Errorf("%s of %s: %s", n.Account, n.Record, n.Text().NL)
	}
}
