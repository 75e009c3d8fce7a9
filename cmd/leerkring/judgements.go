package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"leerkring/internal/kb"
)

type judgementsCommand struct {
	List   judgementsList   `cmd:"" help:"${judgements_list}"`
	Import judgementsImport `cmd:"" help:"${judgements_import}"`
	Run    judgementsRun    `cmd:"" help:"${judgements_run}"`
}

type judgementsList struct{ where }

// Run prints a line for each list.
func (c *judgementsList) Run(ctx context.Context, t *terminal) error {
	return c.consult(ctx, func(ed *kb.Editorial, _ *kb.Library) error {
		all, err := ed.JudgementLists(ctx, kb.System())
		for _, l := range all {
			_, _ = fmt.Fprintf(t.out, t.text(kb.Text{NL: "%s: %d zoekvragen\n", EN: "%s: %d queries\n"}), l.Name, len(l.Queries))
		}
		return err
	})
}

type judgementsImport struct {
	where
	File string `arg:"" name:"file" help:"${files}"`
}

// Run brings a list in, in the place of the one with the same name.
func (c *judgementsImport) Run(ctx context.Context, t *terminal) error {
	text, err := readAll(c.File)
	if err != nil {
		return err
	}
	l, err := parseJudgements(text)
	if err != nil {
		return err
	}
	return c.edit(ctx, func(ed *kb.Editorial, lib *kb.Library) error {
		if err := resolve(ctx, lib, l); err != nil {
			return err
		}
		l.ID = kb.JudgementListID(l.Name)
		found, err := lib.Get(ctx, kb.System(), []kb.ID{l.ID})
		if err != nil {
			return err
		}
		if old := found[l.ID]; old != nil {
			l.Version = old.Base().Version
		}
		if _, err := ed.PutJudgements(ctx, kb.System(), l); err != nil {
			return err
		}
		t.say(kb.Text{NL: "%s: %d zoekvragen bewaard.", EN: "%s: %d queries kept."}, l.Name, len(l.Queries))
		return nil
	})
}

// parseJudgements reads a list as an editor writes it: a name, and queries with
// the wanted records by id or, for materials, by slug.
func parseJudgements(text []byte) (*kb.JudgementList, error) {
	var file struct {
		Name    string           `json:"name"`
		Queries []kb.JudgedQuery `json:"queries"`
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&file); err != nil {
		return nil, kb.Wrap(err, kb.Invalid, kb.Text{
			NL: `Het bestand is geen lijst zoals {"name": "…", "queries": [{"text": "…", "wanted": [{"record": "…", "grade": 3, "why": "…"}]}]}.`,
			EN: `The file is not a list like {"name": "…", "queries": [{"text": "…", "wanted": [{"record": "…", "grade": 3, "why": "…"}]}]}.`,
		})
	}
	return &kb.JudgementList{Name: file.Name, Queries: file.Queries}, nil
}

// resolve puts ids in the place of slugs of materials.
func resolve(ctx context.Context, lib *kb.Library, l *kb.JudgementList) error {
	var keys []string
	slugs := func(visit func(w *kb.Wanted, key string)) {
		for q := range l.Queries {
			for i := range l.Queries[q].Wanted {
				if w := &l.Queries[q].Wanted[i]; !w.Record.Valid() {
					visit(w, kb.SlugKey(kb.KindCase, string(w.Record)))
				}
			}
		}
	}
	slugs(func(_ *kb.Wanted, key string) { keys = append(keys, key) })
	found, err := lib.ByKeys(ctx, kb.System(), keys)
	if err != nil {
		return err
	}
	unknown := kb.Errorf(kb.Invalid, kb.Text{NL: "De lijst noemt materiaal dat er niet is.", EN: "The list names material that is not there."})
	slugs(func(w *kb.Wanted, key string) {
		if e := found[key]; e != nil {
			w.Record = e.Base().ID
			return
		}
		unknown.Problems = append(unknown.Problems, kb.Problem{Field: string(w.Record), Text: kb.Text{NL: "is onbekend", EN: "is not known"}})
	})
	if len(unknown.Problems) > 0 {
		return unknown
	}
	return nil
}

type judgementsRun struct {
	where
	Name string `arg:"" optional:"" help:"${judgements_name}"`
}

// Run prints the places of the wanted records and the means of each list.
func (c *judgementsRun) Run(ctx context.Context, t *terminal) error {
	return c.consult(ctx, func(ed *kb.Editorial, lib *kb.Library) error {
		all, err := ed.JudgementLists(ctx, kb.System())
		if err != nil {
			return err
		}
		ran := false
		for _, l := range all {
			if c.Name != "" && kb.Fold(c.Name) != kb.Fold(l.Name) {
				continue
			}
			ran = true
			judged, err := ed.Judge(ctx, kb.System(), l)
			if err != nil {
				return err
			}
			if err := t.judged(ctx, lib, l, judged); err != nil {
				return err
			}
		}
		if !ran {
			return kb.Errorf(kb.NotFound, kb.Text{NL: "Er is geen lijst van oordelen met deze naam.", EN: "There is no judgement list with this name."})
		}
		return nil
	})
}

func (t *terminal) judged(ctx context.Context, lib *kb.Library, l *kb.JudgementList, judged kb.Judged) error {
	var ids []kb.ID
	for _, q := range l.Queries {
		for _, w := range q.Wanted {
			ids = append(ids, w.Record)
		}
	}
	records, err := lib.Get(ctx, kb.System(), ids)
	if err != nil {
		return err
	}
	print := func(format string, args ...any) { _, _ = fmt.Fprintf(t.out, format+"\n", args...) }
	print("%s", l.Name)
	for _, q := range judged.Queries {
		print("  %s: recall@10 %.2f, RR %.2f", q.Query.Text, q.Recall, q.Reciprocal)
		for i, w := range q.Query.Wanted {
			place, label := "-", string(w.Record)
			if q.Places[i] > 0 {
				place = fmt.Sprint(q.Places[i])
			}
			if e := records[w.Record]; e != nil {
				label = e.Label()
			}
			print("  %5s  %s (%d)", place, label, w.Grade)
		}
	}
	print("%s: recall@10 %.3f, MRR %.3f", l.Name, judged.Recall, judged.MRR)
	return nil
}
