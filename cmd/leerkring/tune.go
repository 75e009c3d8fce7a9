package main

import (
	"context"
	"fmt"
	"os"

	"leerkring/internal/eval"
	"leerkring/internal/kb"
	"leerkring/internal/search"
)

type tuneCommand struct {
	Dirs []string `arg:"" help:"${eval_set}" type:"path"`
	Only []string `help:"${tune_only}" placeholder:"${tune_numbers}"`
}

// Run looks for better numbers for the ranking and prints them.
func (c *tuneCommand) Run(ctx context.Context, t *terminal) error {
	sets := make([]*eval.Set, len(c.Dirs))
	for i, dir := range c.Dirs {
		var err error
		if sets[i], err = eval.Load(dir); err != nil {
			return err
		}
	}
	dir, err := os.MkdirTemp("", "leerkring-tune-*")
	if err != nil {
		return cannotWrite(err, os.TempDir())
	}
	defer func() { _ = os.RemoveAll(dir) }()
	found, err := eval.Tune(ctx, sets, eval.TuneOptions{
		Start: search.DefaultRanking(), Only: c.Only, Dir: dir,
		Say: func(line string) { t.say(kb.Text{NL: "%s", EN: "%s"}, line) },
	})
	if err != nil {
		return err
	}
	for _, line := range []struct {
		name string
		eval.Quality
	}{{"start", found.Start}, {"tuned", found.Tuned}, {"held out", found.Held}} {
		fmt.Fprintf(t.out, "%-9s nDCG@10 %.4f  recall@100 %.4f\n", line.name, line.NDCG, line.Recall)
	}
	fmt.Fprintf(t.out, "%+v\n", found.Ranking)
	return nil
}
