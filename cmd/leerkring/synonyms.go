package main

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"leerkring/internal/kb"
)

type synonymsCommand struct {
	List    synonymsList    `cmd:"" help:"${synonyms_list}"`
	Add     synonymsAdd     `cmd:"" help:"${synonyms_add}"`
	Remove  synonymsRemove  `cmd:"" help:"${synonyms_remove}"`
	Import  synonymsImport  `cmd:"" help:"${synonyms_import}"`
	Preview synonymsPreview `cmd:"" help:"${synonyms_preview}"`
}

type synonymsList struct{ where }

// Run prints a line for each.
func (c *synonymsList) Run(ctx context.Context, t *terminal) error {
	return c.consult(ctx, func(ed *kb.Editorial, _ *kb.Library) error {
		all, err := ed.Synonyms(ctx, kb.System())
		for _, s := range all {
			_, _ = fmt.Fprintln(t.out, s.Line()) // there is nobody else to tell
		}
		return err
	})
}

// terms are the words of one list on the command line.
type terms struct {
	Terms  []string `arg:"" help:"${terms}"`
	OneWay bool     `help:"${one_way}"`
}

type synonymsAdd struct {
	where
	terms
	Note string `help:"${note}"`
}

// Run refuses words that begin a list that is there already.
func (c *synonymsAdd) Run(ctx context.Context, _ *terminal) error {
	return c.edit(ctx, func(ed *kb.Editorial, _ *kb.Library) error {
		_, err := ed.PutSynonyms(ctx, kb.System(), &kb.Synonyms{Terms: c.Terms, OneWay: c.OneWay, Note: c.Note})
		return err
	})
}

type synonymsRemove struct {
	where
	Term string `arg:"" help:"${term}"`
}

// Run removes what the store holds now.
func (c *synonymsRemove) Run(ctx context.Context, _ *terminal) error {
	return c.edit(ctx, func(ed *kb.Editorial, lib *kb.Library) error {
		id := kb.SynonymsID(c.Term)
		found, err := lib.Get(ctx, kb.System(), []kb.ID{id})
		if err != nil {
			return err
		}
		if found[id] == nil {
			return kb.Errorf(kb.NotFound, kb.Text{NL: "Er zijn geen synoniemen die met %q beginnen.", EN: "No synonyms begin with %q."}, c.Term)
		}
		_, err = ed.DeleteSynonyms(ctx, kb.System(), id, found[id].Base().Version)
		return err
	})
}

type synonymsImport struct {
	where
	File string `arg:"" name:"file" help:"${files}"`
}

// Run brings the lines in; those that begin with the same word replace what there is.
func (c *synonymsImport) Run(ctx context.Context, t *terminal) error {
	text, err := readAll(c.File)
	if err != nil {
		return err
	}
	return c.edit(ctx, func(ed *kb.Editorial, lib *kb.Library) error {
		var counts importCounts
		line := 0
		for raw := range bytes.Lines(text) {
			line++
			s := kb.SynonymsLine(string(bytes.TrimRight(raw, "\r\n")))
			if s == nil {
				continue
			}
			if err := counts.bring(ctx, ed, lib, s); kb.CodeOf(err) == kb.Invalid {
				counts.refused++
				t.say(kb.Text{NL: "%s, regel %d: geweigerd: %s", EN: "%s, line %d: refused: %s"}, c.File, line, t.describe(err))
			} else if err != nil {
				return err
			}
		}
		t.say(kb.Text{
			NL: "%s: %d nieuw, %d gewijzigd, %d ongewijzigd, %d geweigerd", EN: "%s: %d new, %d changed, %d unchanged, %d refused",
		}, c.File, counts.made, counts.changed, counts.same, counts.refused)
		if counts.refused > 0 {
			return exitError(exitRefused)
		}
		return nil
	})
}

// importCounts tell what became of the lines of a file.
type importCounts struct{ made, changed, same, refused int }

// bring writes synonyms where they differ from the stored ones.
func (n *importCounts) bring(ctx context.Context, ed *kb.Editorial, lib *kb.Library, s *kb.Synonyms) error {
	s.ID = kb.SynonymsID(s.Label())
	found, err := lib.Get(ctx, kb.System(), []kb.ID{s.ID})
	if err != nil {
		return err
	}
	count := &n.made
	if old, ok := found[s.ID].(*kb.Synonyms); ok {
		if slices.Equal(old.Terms, s.Terms) && old.OneWay == s.OneWay && old.Note == s.Note {
			n.same++
			return nil
		}
		s.Version, count = old.Version, &n.changed
	}
	if _, err := ed.PutSynonyms(ctx, kb.System(), s); err != nil {
		return err
	}
	*count++
	return nil
}

type synonymsPreview struct {
	where
	terms
	Query []string `help:"${preview_query}" required:"" sep:"none"`
}

// Run prints, for each query, the materials that come, move and go.
func (c *synonymsPreview) Run(ctx context.Context, t *terminal) error {
	return c.consult(ctx, func(ed *kb.Editorial, _ *kb.Library) error {
		all, err := ed.Preview(ctx, kb.System(), &kb.Synonyms{Terms: c.Terms, OneWay: c.OneWay}, c.Query)
		for _, p := range all {
			t.preview(p)
		}
		return err
	})
}

func (t *terminal) preview(p kb.Preview) {
	print := func(x kb.Text, args ...any) { _, _ = fmt.Fprintf(t.out, t.text(x)+"\n", args...) }
	print(kb.Text{NL: "%s: van %d naar %d gevonden", EN: "%s: from %d to %d found"}, p.Query, p.TotalBefore, p.TotalAfter)
	for _, m := range p.Moves {
		switch {
		case m.Before == 0:
			print(kb.Text{NL: "  nieuw op %d: %s", EN: "  new at %d: %s"}, m.After, m.Entity.Label())
		case m.After == 0:
			print(kb.Text{NL: "  weg van %d: %s", EN: "  gone from %d: %s"}, m.Before, m.Entity.Label())
		default:
			print(kb.Text{NL: "  van %d naar %d: %s", EN: "  from %d to %d: %s"}, m.Before, m.After, m.Entity.Label())
		}
	}
}
