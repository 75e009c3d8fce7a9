package main

import (
	"context"
	"errors"

	"leerkring/internal/app"
	"leerkring/internal/kb"
	"leerkring/internal/search"
)

type verifyCommand struct {
	where
}

// Run checks, says what differs and what to do, and ends with exitDiffers when
// anything does.
func (c *verifyCommand) Run(ctx context.Context, t *terminal) error {
	if err := c.mustExist(); err != nil {
		return err
	}
	v, err := app.Verify(ctx, c.config(quiet()))
	if err != nil {
		return err
	}
	if v.Agrees() {
		t.say(kb.Text{
			NL: "Opslag en zoekindex kloppen: %d records, %d schrijfacties.",
			EN: "Store and search index agree: %d records, %d writes.",
		}, v.Records, v.Last)
		return nil
	}
	t.explain(v)
	return exitError(exitDiffers)
}

func (t *terminal) explain(v *app.Verdict) {
	if v.Store != nil {
		t.say(kb.Text{NL: "Opslag: %s", EN: "Store: %s"}, t.describe(v.Store))
		if cause := errors.Unwrap(v.Store); cause != nil {
			t.say(kb.Text{NL: "  gevonden: %v", EN: "  found: %v"}, cause)
		}
		return
	}
	switch {
	case v.IndexErr != nil:
		t.say(kb.Text{NL: "Zoekindex: beschadigd: %v", EN: "Search index: damaged: %v"}, v.IndexErr)
	case v.Index == search.Missing:
		t.say(kb.Text{NL: "Zoekindex: ontbreekt.", EN: "Search index: missing."})
	case v.Index == search.Outdated:
		t.say(kb.Text{NL: "Zoekindex: was van een andere versie of opslag; hij is opnieuw gemaakt.", EN: "Search index: was of another version or store; it was built anew."})
	case v.Index == search.Damaged:
		t.say(kb.Text{NL: "Zoekindex: was beschadigd; hij is opnieuw gemaakt.", EN: "Search index: was damaged; it was built anew."})
	}
	for _, u := range v.Unreadable {
		t.say(kb.Text{
			NL: "Opslag: record %s, versie %d (schrijfactie %d), is niet te lezen. Zet een back-up terug, of voer het record opnieuw in.",
			EN: "Store: record %s, version %d (write %d), cannot be read. Put a backup back, or bring the record in again.",
		}, u.ID, u.Version, u.Seq)
	}
	t.list(kb.Text{NL: "ontbreekt in de index", EN: "missing from the index"}, v.Differences.Missing)
	t.list(kb.Text{NL: "staat te veel in de index", EN: "in the index without reason"}, v.Differences.Extra)
	t.list(kb.Text{NL: "staat anders in de index", EN: "different in the index"}, v.Differences.Different)
	if v.IndexErr != nil || v.Index != search.Current || !v.Differences.None() {
		t.say(kb.Text{NL: "Herstel de index met leerkring reindex, met dezelfde --data en --store.", EN: "Mend the index with leerkring reindex, with the same --data and --store."})
	}
}

// list names the first records of a kind of difference.
func (t *terminal) list(what kb.Text, ids []kb.ID) {
	const most = 20
	for i, id := range ids {
		if i == most {
			t.say(kb.Text{NL: "  … en nog %d", EN: "  … and %d more"}, len(ids)-most)
			return
		}
		t.say(kb.Text{NL: "  %s: %s", EN: "  %s: %s"}, id, t.text(what))
	}
}
