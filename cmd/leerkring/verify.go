package main

import (
	"context"
	"errors"
	"os"

	"leerkring/internal/app"
	"leerkring/internal/backup"
	"leerkring/internal/kb"
	"leerkring/internal/search"
)

type verifyCommand struct {
	where
	Backup string `help:"${verify_backup}" placeholder:"${file_name}"`
}

// Run checks, says what differs and what to do, and ends with exitDiffers when
// anything does.
func (c *verifyCommand) Run(ctx context.Context, t *terminal) error {
	if c.Backup != "" {
		return c.backup(ctx, t)
	}
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
		t.files(&v.Files)
		return nil
	}
	t.explain(v)
	t.files(&v.Files)
	return exitError(exitDiffers)
}

// backup reads a whole backup, and ends with exitDiffers when it is not what was written.
func (c *verifyCommand) backup(ctx context.Context, t *terminal) error {
	f, err := os.Open(c.Backup)
	if err != nil {
		return kb.Wrap(err, kb.NotFound, kb.Text{NL: "De back-up %s is niet te lezen.", EN: "The backup %s cannot be read."}, c.Backup)
	}
	defer func() { _ = f.Close() }() // only read
	report, err := backup.Check(ctx, f)
	if kb.CodeOf(err) == kb.Damaged {
		t.say(kb.Text{NL: "Back-up: %s", EN: "Backup: %s"}, t.describe(err))
		return exitError(exitDiffers)
	}
	if err != nil {
		return err
	}
	t.say(kb.Text{
		NL: "De back-up is heel: %d versies van records, %d bestanden (%d bytes).",
		EN: "The backup is whole: %d versions of records, %d files (%d bytes).",
	}, report.Versions, report.Files, report.Bytes)
	t.missing(report)
	return nil
}

// files tells of the bytes of files.
func (t *terminal) files(v *app.FilesVerdict) {
	t.say(kb.Text{
		NL: "Bestanden: %d gecontroleerd, van %d ook de gelezen tekst.",
		EN: "Files: %d checked, of %d the text as well.",
	}, v.Contents, v.Readings)
	t.sums(kb.Text{NL: "de bytes ontbreken; zet een back-up terug", EN: "the bytes are missing; put a backup back"}, v.Missing)
	t.sums(kb.Text{NL: "de bytes zijn beschadigd; zet een back-up terug", EN: "the bytes are damaged; put a backup back"}, v.Damaged)
	t.sums(kb.Text{NL: "de gelezen tekst ontbreekt of is beschadigd; lees opnieuw met leerkring reextract --all", EN: "the text is missing or damaged; read it again with leerkring reextract --all"}, v.Unread)
	if v.Orphans > 0 {
		t.say(kb.Text{
			NL: "  %d resten van uploads en verwijderde bestanden, waarvan %d ouder dan een dag; de server ruimt ze zelf op.",
			EN: "  %d rests of uploads and removed files, %d of them older than a day; the server takes them away by itself.",
		}, v.Orphans, v.OldOrphans)
	}
}

// sums names the contents with which something is wrong.
func (t *terminal) sums(what kb.Text, all []string) {
	ids := make([]kb.ID, len(all))
	for i, sum := range all {
		ids[i] = kb.ID(sum)
	}
	t.list(what, ids)
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
