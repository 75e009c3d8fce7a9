package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"os"
	"time"

	"leerkring/internal/eval"
	"leerkring/internal/kb"
	"leerkring/internal/search"
)

type evalCommand struct {
	Dir string `arg:"" help:"${eval_set}" type:"path"`

	Typos     int    `help:"${eval_typos}" placeholder:"N"`
	Split     bool   `help:"${eval_split}" xor:"compounds"`
	Join      bool   `help:"${eval_join}" xor:"compounds"`
	Compounds string `help:"${eval_compounds}" type:"path" placeholder:"${file_name}"`
	Inflect   bool   `help:"${eval_inflect}"`
	Seed      uint64 `help:"${eval_seed}" default:"1"`

	LimitQueries int    `help:"${eval_limit}" placeholder:"N"`
	PerQuery     string `help:"${eval_per_query}" type:"path" placeholder:"${file_name}"`
}

// Validate refuses flags that do not go together.
func (c *evalCommand) Validate() error {
	if c.Typos < 0 || c.LimitQueries < 0 {
		return kb.Errorf(kb.Invalid, kb.Text{NL: "Een aantal kan niet negatief zijn.", EN: "A number cannot be negative."})
	}
	if (c.Split || c.Join) != (c.Compounds != "") {
		return kb.Errorf(kb.Invalid, kb.Text{
			NL: "--split en --join gaan samen met --compounds BESTAND.",
			EN: "--split and --join go together with --compounds FILE.",
		})
	}
	return nil
}

// Run prints the judgement as one JSON object.
func (c *evalCommand) Run(ctx context.Context, t *terminal) error {
	changes, err := c.changes()
	if err != nil {
		return err
	}
	set, err := eval.Load(c.Dir)
	if err != nil {
		return err
	}
	for _, remark := range set.Remarks {
		t.say(kb.Text{NL: "let op: %s", EN: "note: %s"}, t.text(remark))
	}
	queries := set.Queries
	if c.LimitQueries > 0 {
		queries = queries[:min(c.LimitQueries, len(queries))]
	}
	if len(changes) > 0 {
		var changed int
		queries, changed = eval.Apply(queries, c.Seed, changes...)
		t.say(kb.Text{NL: "%d van %d zoekvragen anders geschreven.", EN: "%d of %d queries written in another way."}, changed, len(queries))
	}
	outcomes, err := c.run(ctx, t, set, queries)
	if err != nil {
		return err
	}
	if c.PerQuery != "" {
		if err := writeOutcomes(c.PerQuery, outcomes); err != nil {
			return err
		}
	}
	return json.NewEncoder(t.out).Encode(eval.Judge(outcomes, len(set.Documents)))
}

// changes are what is done to the queries, in order: other numbers, compounds, errors.
func (c *evalCommand) changes() ([]eval.Change, error) {
	var out []eval.Change
	if c.Inflect {
		out = append(out, eval.Inflect())
	}
	if c.Compounds != "" {
		gold, err := eval.OpenGold(c.Compounds)
		if err != nil {
			return nil, err
		}
		if c.Split {
			out = append(out, gold.Split)
		} else {
			out = append(out, gold.Join)
		}
	}
	if c.Typos > 0 {
		out = append(out, eval.Typos(c.Typos))
	}
	return out, nil
}

// run indexes the set in a folder for the time being and searches it.
func (c *evalCommand) run(ctx context.Context, t *terminal, set *eval.Set, queries []eval.Query) (out []eval.Outcome, err error) {
	dir, err := os.MkdirTemp("", "leerkring-eval-*")
	if err != nil {
		return nil, cannotWrite(err, os.TempDir())
	}
	defer func() { _ = os.RemoveAll(dir) }()
	start := time.Now()
	collection, err := eval.Open(ctx, set, dir, search.Options{})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, collection.Close()) }()
	t.say(kb.Text{NL: "%d documenten geïndexeerd in %.1f s.", EN: "%d documents indexed in %.1f s."}, len(set.Documents), time.Since(start).Seconds())
	return collection.Run(ctx, queries)
}

func writeOutcomes(name string, outcomes []eval.Outcome) error {
	f, err := os.Create(name)
	if err != nil {
		return cannotWrite(err, name)
	}
	w := bufio.NewWriter(f)
	err = eval.WriteOutcomes(w, outcomes)
	if err := errors.Join(err, w.Flush(), f.Close()); err != nil {
		return cannotWrite(err, name)
	}
	return nil
}
