package main

import (
	"context"
	"maps"
	"slices"

	"leerkring/internal/app"
	"leerkring/internal/kb"
)

type importFilesCommand struct {
	where
	fileFlags
	Dir    string   `arg:"" help:"${files_dir}" placeholder:"${folder}"`
	As     string   `help:"${files_as}" enum:"auto,publication,presentation" default:"auto"`
	Owner  string   `help:"${files_owner}" placeholder:"${mail_address}"`
	Record string   `help:"${files_record}" placeholder:"ID"`
	Themes []string `help:"${files_themes}"`
}

// Run adds the files, reads them, and tells what became of each. exitFailed when some
// could not be added or read.
func (c *importFilesCommand) Run(ctx context.Context, t *terminal) error {
	config := c.config(quiet())
	if err := c.fileFlags.apply(&config); err != nil {
		return err
	}
	a, err := app.Open(ctx, config)
	if err != nil {
		return err
	}
	return firstError(c.bring(ctx, t, a), a.Close())
}

func (c *importFilesCommand) bring(ctx context.Context, t *terminal, a *app.App) error {
	if err := kb.Seed(ctx, a.Store); err != nil {
		return err
	}
	brought := app.Brought{Owner: kb.System(), Record: kb.ID(c.Record), Themes: c.Themes}
	if c.As != "auto" {
		brought.As = kb.Kind(c.As)
	}
	if c.Owner != "" {
		people := app.NewAccounts(c.config(quiet()), a.Store, kb.AccountsConfig{Search: a.Index, Own: a.Own})
		x, err := who{c.Owner}.find(ctx, people)
		if err != nil {
			return err
		}
		brought.Owner = x.Actor()
	}
	report := &filesReport{t: t}
	if err := a.BringFiles(ctx, c.Dir, brought, report.told); err != nil {
		return err
	}
	if err := reading(ctx, t, a, func(*kb.Extractions) (int, error) { return report.added, nil }); err != nil {
		return err
	}
	return report.end(ctx, a)
}

// filesReport gathers what becomes of the files of a folder.
type filesReport struct {
	t                             *terminal
	added, known, skipped, failed int
	files                         []app.BroughtFile // that are there now
}

// told tells of what was not added, as it happens.
func (r *filesReport) told(f app.BroughtFile) {
	switch {
	case f.Err != nil:
		r.failed++
		r.t.say(kb.Text{NL: "%s: %s", EN: "%s: %s"}, printable(f.Path), r.t.describe(f.Err))
	case f.File == "":
		r.skipped++
		r.t.say(kb.Text{NL: "%s: overgeslagen: %s", EN: "%s: skipped: %s"}, printable(f.Path), r.t.text(f.Skipped))
	case f.Known:
		r.known++
		r.files = append(r.files, f)
		r.t.say(kb.Text{NL: "%s: is er al", EN: "%s: is there already"}, printable(f.Path))
	default:
		r.added++
		r.files = append(r.files, f)
	}
}

// end says how many files are in each state, and what to do about those that could not
// be read.
func (r *filesReport) end(ctx context.Context, a *app.App) error {
	states := map[kb.ExtractionState]int{}
	for part := range slices.Chunk(r.files, kb.MaxPage) {
		var ids []kb.ID
		for _, f := range part {
			ids = append(ids, f.File)
		}
		found, err := a.Files.Open(ctx, kb.System(), ids)
		if err != nil {
			return err
		}
		for _, f := range part {
			state := kb.ExtractionWaiting
			if x := found[f.File].Extraction; x != nil {
				state = x.State
			}
			states[state]++
			if advice := stateAdvice(state); advice != (kb.Text{}) {
				r.failed++
				r.t.say(kb.Text{NL: "%s: %s. %s", EN: "%s: %s. %s"}, printable(f.Path), r.t.text(stateWord(state)), r.t.text(advice))
			}
		}
	}
	r.t.say(kb.Text{
		NL: "%d toegevoegd, %d waren er al, %d overgeslagen, %d mislukt of niet te lezen.",
		EN: "%d added, %d were there already, %d skipped, %d failed or not read.",
	}, r.added, r.known, r.skipped, r.failed)
	for _, state := range slices.Sorted(maps.Keys(states)) {
		r.t.say(kb.Text{NL: "  %s: %d", EN: "  %s: %d"}, r.t.text(stateWord(state)), states[state])
	}
	if r.failed > 0 {
		return exitError(exitFailed)
	}
	return nil
}
