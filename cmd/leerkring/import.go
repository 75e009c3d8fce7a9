package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"leerkring/internal/app"
	"leerkring/internal/exchange"
	"leerkring/internal/kb"
)

type importCommand struct {
	where
	Files  []string          `arg:"" name:"file" help:"${files}"`
	Strict bool              `help:"${strict}" env:"LEERKRING_STRICT"`
	Map    map[string]string `help:"${map}" env:"LEERKRING_MAP" mapsep:";" placeholder:"FIELD=COLUMN"`
	Source string            `help:"${source}" env:"LEERKRING_SOURCE" default:"import"`
	DryRun bool              `help:"${dry_run}" env:"LEERKRING_DRY_RUN"`
}

// Validate refuses a wrong --map before anything is made.
func (c *importCommand) Validate() error {
	return firstError(c.where.Validate(), exchange.CheckMap(c.Map))
}

// Run imports the files in order. With the embedded store all of it can be found
// at the end; with MongoDB the servers that use it take it into their own index.
func (c *importCommand) Run(ctx context.Context, t *terminal) error {
	start := time.Now()
	files, err := openAll(c.Files)
	if err != nil {
		return err
	}
	defer func() {
		for _, f := range files {
			_ = f.Close() // they were only read
		}
	}()
	if c.DryRun {
		return c.rehearse(ctx, t, files)
	}
	if c.Store != "" {
		store, err := app.OpenStore(ctx, c.config(quiet()))
		if err != nil {
			return err
		}
		_, err = c.all(ctx, t, store, files)
		return firstError(err, store.Close())
	}
	a, err := app.Open(ctx, c.config(quiet()))
	if err != nil {
		return err
	}
	last, err := c.all(ctx, t, a.Store, files)
	if exitCode(err) == exitOK || exitCode(err) == exitRefused {
		t.say(kb.Text{NL: "De zoekindex wordt bijgewerkt …", EN: "The search index is catching up …"})
		err = firstError(a.Settle(ctx, last), err)
	}
	err = firstError(err, a.Close())
	if exitCode(err) == exitOK || exitCode(err) == exitRefused {
		done := kb.Text{NL: "Klaar: alles staat vast en is te vinden (%.1f s).", EN: "Done: all of it is stored and can be found (%.1f s)."}
		if err != nil {
			done = kb.Text{NL: "Klaar: wat niet is geweigerd, staat vast en is te vinden (%.1f s).", EN: "Done: what was not refused is stored and can be found (%.1f s)."}
		}
		t.say(done, time.Since(start).Seconds())
	}
	return err
}

// firstError is for what comes one after the other: the first says why.
func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// openAll opens all files before anything is written, so that a wrong name at
// the end is not found after an hour.
func openAll(names []string) ([]*os.File, error) {
	var files []*os.File
	for _, name := range names {
		if name == "-" {
			files = append(files, os.Stdin)
			continue
		}
		f, err := os.Open(name)
		if err == nil {
			var info fs.FileInfo
			if info, err = f.Stat(); err == nil && info.IsDir() {
				err = errors.New("a folder")
			}
			files = append(files, f)
		}
		if err != nil {
			for _, f := range files {
				_ = f.Close()
			}
			return nil, kb.Wrap(err, kb.NotFound, kb.Text{
				NL: "Het bestand %s is niet te lezen. Klopt de naam, en mag u het lezen?",
				EN: "The file %s cannot be read. Is the name right, and may you read it?",
			}, name)
		}
	}
	return files, nil
}

// rehearse imports into a store that keeps nothing, over the one that is there.
func (c *importCommand) rehearse(ctx context.Context, t *terminal, files []*os.File) error {
	if c.mustExist() != nil {
		empty, err := os.MkdirTemp("", "leerkring-dry-run-*")
		if err != nil {
			return cannotWrite(err, os.TempDir())
		}
		defer func() { _ = os.RemoveAll(empty) }()
		c.Data = empty
	}
	store, err := app.OpenStore(ctx, c.config(quiet()))
	if err != nil {
		return err
	}
	t.say(kb.Text{NL: "Proef: er wordt niets geschreven.", EN: "Dry run: nothing is written."})
	_, err = c.all(ctx, t, app.Rehearsal{Store: store}, files)
	return firstError(err, store.Close())
}

// all imports the files and gives the last write. exitError(exitRefused) when
// any line was refused.
func (c *importCommand) all(ctx context.Context, t *terminal, store kb.Store, files []*os.File) (last kb.Seq, err error) {
	refused := 0
	for _, f := range files {
		report, err := c.one(ctx, t, store, f)
		last = max(last, report.Last)
		refused += report.Refused
		if err != nil {
			return last, err
		}
	}
	if refused > 0 {
		return last, exitError(exitRefused)
	}
	return last, nil
}

// mostProblems is how many lines of one file are complained about one by one.
const mostProblems = 100

func (c *importCommand) one(ctx context.Context, t *terminal, store kb.Store, f *os.File) (exchange.Report, error) {
	m := newMeter(t, f)
	told := 0
	report, err := app.Import(ctx, store, time.Now, io.TeeReader(f, m), exchange.Options{
		Source: c.Source, Map: c.Map, Strict: c.Strict, Progress: m.progress,
		Problem: func(p exchange.Problem) {
			if told++; told <= mostProblems {
				m.clear()
				t.problem(f.Name(), p)
			}
		},
	})
	m.clear()
	if told > mostProblems {
		t.say(kb.Text{NL: "… en nog %d meldingen.", EN: "… and %d more remarks."}, told-mostProblems)
	}
	t.summary(f.Name(), &report, time.Since(m.start))
	if errors.Is(err, context.Canceled) {
		t.say(kb.Text{
			NL: "Onderbroken. Wat is verwerkt blijft bewaard; dezelfde opdracht gaat verder waar deze stopte.",
			EN: "Interrupted. What was processed is kept; the same command goes on where this one stopped.",
		})
		return report, exitError(exitInterrupted)
	}
	return report, err
}

func (t *terminal) problem(file string, p exchange.Problem) {
	word := kb.Text{NL: "let op", EN: "note"}
	if p.Refused {
		word = kb.Text{NL: "geweigerd", EN: "refused"}
	}
	t.say(kb.Text{NL: "%s, regel %d: %s: %s", EN: "%s, line %d: %s: %s"}, file, p.Line, t.text(word), t.describe(p.Err))
}

func (t *terminal) summary(file string, r *exchange.Report, took time.Duration) {
	t.say(kb.Text{
		NL: "%s: %d nieuw, %d gewijzigd, %d ongewijzigd, %d dubbel in het bestand, %d geweigerd (%.1f s, %.0f per seconde)",
		EN: "%s: %d new, %d changed, %d unchanged, %d repeated in the file, %d refused (%.1f s, %.0f per second)",
	}, file, r.Created, r.Updated, r.Unchanged, r.Repeated, r.Refused, took.Seconds(), float64(r.Done()+r.Refused)/max(took.Seconds(), 0.001))
	t.counts(kb.Text{NL: "Onbekende thema's, bewaard als trefwoord: %s", EN: "Unknown themes, kept as keywords: %s"}, r.Themes)
	t.counts(kb.Text{NL: "Velden die niet zijn gebruikt: %s. Koppel ze zo nodig met --map veld=kolom.", EN: "Fields that were not used: %s. Map them where needed with --map field=column."}, r.Unused)
}

// counts says names with their counts, most first.
func (t *terminal) counts(x kb.Text, counts map[string]int) {
	if len(counts) == 0 {
		return
	}
	names := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		if counts[a] != counts[b] {
			return counts[b] - counts[a]
		}
		return strings.Compare(a, b)
	})
	const most = 10
	var list []string
	for i, name := range names {
		if i == most {
			list = append(list, fmt.Sprintf("… (%d)", len(names)-most))
			break
		}
		list = append(list, fmt.Sprintf("%q (%d×)", name, counts[name]))
	}
	t.say(x, strings.Join(list, ", "))
}
