package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"leerkring/internal/app"
	"leerkring/internal/kb"
	"leerkring/internal/search"
)

type crashCommand struct {
	Runs  int    `default:"200" help:"How often to kill."`
	Seed  uint64 `help:"Repeat a run; a new one otherwise."`
	Lines int    `default:"20000" help:"Lines of the file that is imported."`
}

// servingWithin is how soon a start after a crash must serve again.
const servingWithin = 2 * time.Second

// crashes are the state of one crash run.
type crashes struct {
	rng    *rand.Rand
	dir    string // the folder of the runs that go on from each other
	file   string // the collection that is imported
	lines  int
	acked  map[kb.ID]ack
	counts map[string]int
	slow   int
	times  []time.Duration
	writes int
	faults []string
}

// ack is the newest acknowledged version of a record.
type ack struct {
	version int
	deleted bool
	word    string
}

// Run kills victims in four situations: while writing, while rebuilding and
// writing, at the first start, and while importing. After each the data is
// opened again and checked.
func (c *crashCommand) Run(ctx context.Context) error {
	if c.Seed == 0 {
		c.Seed = uint64(time.Now().UnixNano())
	}
	fmt.Printf("machine: %s\nseed: %d\n", machine(), c.Seed)
	root, done, err := folder("")
	if err != nil {
		return err
	}
	defer done()
	s := &crashes{
		rng: rand.New(rand.NewPCG(c.Seed, 3)), dir: filepath.Join(root, "data"), file: filepath.Join(root, "import.jsonl"),
		lines: c.Lines, acked: map[kb.ID]ack{}, counts: map[string]int{},
	}
	if err := writeCollection(s.file, c.Lines); err != nil {
		return err
	}
	for run := range c.Runs {
		if err := ctx.Err(); err != nil {
			return err
		}
		kinds := []string{"write", "rebuild", "write", "first start", "write", "import"}
		kind := kinds[run%len(kinds)]
		if err := s.once(ctx, root, kind, c.Seed+uint64(run)); err != nil {
			s.faults = append(s.faults, fmt.Sprintf("run %d (%s): %v", run, kind, err))
			fmt.Println(s.faults[len(s.faults)-1])
		}
		s.counts[kind]++
	}
	return s.report()
}

func (s *crashes) report() error {
	fmt.Printf("kills: %v\nacknowledged writes checked: %d\n", s.counts, s.writes)
	fmt.Printf("serving again after: p50 %s, p95 %s, most %s; over %s: %d\n", quantile(s.times, .5).Round(time.Millisecond), quantile(s.times, .95).Round(time.Millisecond), quantile(s.times, 1).Round(time.Millisecond), servingWithin, s.slow)
	fmt.Printf("faults (lost, half-indexed, duplicated, unsearchable, starts that fail): %d\n", len(s.faults))
	if len(s.faults) > 0 {
		return errFailed
	}
	return nil
}

func (s *crashes) once(ctx context.Context, root, kind string, seed uint64) error {
	switch kind {
	case "first start":
		dir := filepath.Join(root, "first-"+strconv.FormatUint(seed, 36))
		defer func() { _ = os.RemoveAll(dir) }()
		return s.first(ctx, dir)
	case "import":
		dir := filepath.Join(root, "import-"+strconv.FormatUint(seed, 36))
		defer func() { _ = os.RemoveAll(dir) }()
		return s.importing(ctx, dir)
	}
	args := []string{"--data", s.dir, "--seed", strconv.FormatUint(seed, 10), "--write"}
	if kind == "rebuild" {
		args = append(args, "--rebuild")
	}
	p, err := launch(args...)
	if err != nil {
		return err
	}
	if err := s.serving(p); err != nil {
		return errors.Join(err, said(p.kill()))
	}
	time.Sleep(time.Duration(s.rng.IntN(1200)) * time.Millisecond)
	lines := p.kill()
	if err := said(lines); err != nil {
		return err
	}
	s.note(lines)
	return s.check(ctx, s.dir)
}

// serving waits until a victim serves, and notes how long that took.
func (s *crashes) serving(p *process) error {
	url, _, err := p.await("SERVING", time.Minute)
	if err != nil {
		return err
	}
	if err := get(url+"/healthz", 200, time.Minute); err != nil {
		return err
	}
	took := time.Since(p.started)
	s.times = append(s.times, took)
	if took > servingWithin {
		s.slow++
		return fmt.Errorf("serving again took %s", took.Round(time.Millisecond))
	}
	return nil
}

// said gives the failure among a victim's lines.
func said(lines []string) error {
	for _, l := range lines {
		if strings.HasPrefix(l, "FAILED") {
			return errors.New(l)
		}
	}
	return nil
}

// note keeps what a victim acknowledged.
func (s *crashes) note(lines []string) {
	for _, l := range lines {
		f := strings.Fields(l)
		if len(f) != 6 || f[0] != "ACK" {
			continue
		}
		version, _ := strconv.Atoi(f[2])
		_, slug, _ := strings.Cut(f[5], "/")
		s.acked[kb.ID(f[1])] = ack{version: version, deleted: f[4] == "deleted", word: slug}
		s.writes++
	}
}

// first kills a first start, and starts again.
func (s *crashes) first(ctx context.Context, dir string) error {
	p, err := launch("--data", dir)
	if err != nil {
		return err
	}
	time.Sleep(time.Duration(s.rng.IntN(500)) * time.Millisecond)
	p.kill()
	if p, err = launch("--data", dir); err != nil {
		return err
	}
	if err := s.serving(p); err != nil {
		return errors.Join(err, said(p.kill()))
	}
	p.kill()
	return compare(ctx, dir)
}

// importing kills an import a few times, and then lets it end: every line is in, once.
func (s *crashes) importing(ctx context.Context, dir string) error {
	for range 2 {
		p, err := launch("--data", dir, "--import", s.file)
		if err != nil {
			return err
		}
		time.Sleep(time.Duration(50+s.rng.IntN(4000)) * time.Millisecond)
		p.kill()
	}
	p, err := launch("--data", dir)
	if err != nil {
		return err
	}
	if err := s.serving(p); err != nil {
		return errors.Join(err, said(p.kill()))
	}
	p.kill()
	if p, err = launch("--data", dir, "--import", s.file); err != nil {
		return err
	}
	if _, _, err := p.await("IMPORTED", 5*time.Minute); err != nil {
		return errors.Join(err, said(p.kill()))
	}
	p.kill()
	if err := compare(ctx, dir); err != nil {
		return err
	}
	return s.allOnce(ctx, dir)
}

// allOnce checks that every line of the collection is found, and nothing twice.
func (s *crashes) allOnce(ctx context.Context, dir string) error {
	a, err := app.Open(ctx, config(dir))
	if err != nil {
		return err
	}
	res, err := a.Library.Search(ctx, kb.Visitor(), kb.SearchRequest{Text: "ingevoerd", First: 1})
	if err == nil && res.Total != s.lines {
		err = fmt.Errorf("%d of %d imported lines are found", res.Total, s.lines)
	}
	return errors.Join(err, a.Close())
}

// check opens the data as a start would and holds it against what was acknowledged.
func (s *crashes) check(ctx context.Context, dir string) error {
	if err := compare(ctx, dir); err != nil {
		return err
	}
	a, err := app.Open(ctx, config(dir))
	if err != nil {
		return err
	}
	ids := make([]kb.ID, 0, len(s.acked))
	for id := range s.acked {
		ids = append(ids, id)
	}
	records, err := a.Store.Get(ctx, ids)
	for id, want := range s.acked {
		if err != nil {
			break
		}
		err = s.acknowledged(ctx, a, records[id], want)
	}
	// What was checked once and did not change is not written again: the next
	// runs write records of their own.
	clear(s.acked)
	return errors.Join(err, a.Close())
}

// acknowledged checks one record: a later version may be there, whose answer the
// kill cut off, an earlier one may not.
func (s *crashes) acknowledged(ctx context.Context, a *app.App, r kb.Record, want ack) error {
	if r.Version < want.version || r.Version > want.version+1 {
		return fmt.Errorf("record %s: version %d was acknowledged, %d is there", want.word, want.version, r.Version)
	}
	if r.Version == want.version && r.Deleted != want.deleted {
		return fmt.Errorf("record %s version %d: deleted is %v", want.word, r.Version, r.Deleted)
	}
	if want.deleted {
		return nil
	}
	res, err := a.Library.Search(ctx, kb.Visitor(), kb.SearchRequest{Text: want.word, First: 2})
	if err != nil {
		return err
	}
	expect := 1
	if r.Deleted {
		expect = 0
	}
	if res.Total != expect {
		return fmt.Errorf("record %s is found %d times, not %d", want.word, res.Total, expect)
	}
	return nil
}

// compare holds the whole store against the whole index, and looks for damage.
func compare(ctx context.Context, dir string) error {
	v, err := app.Verify(ctx, config(dir))
	switch {
	case err != nil:
		return err
	case v.Store != nil:
		return v.Store
	case v.IndexErr != nil || v.Index == search.Damaged:
		return fmt.Errorf("the index is damaged: %w", v.IndexErr)
	case !v.Differences.None():
		return fmt.Errorf("store and index differ: %+v", v.Differences)
	}
	return nil
}

// writeCollection makes a file to import.
func writeCollection(name string, lines int) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	for n := range lines {
		_, _ = fmt.Fprintf(w, `{"id":"regel-%d","type":"CASE","title":"Regel %d is ingevoerd","body":"%s"}`+"\n", n, n, strings.Repeat("Samen werken aan woningbouw in de regio. ", 10))
	}
	return errors.Join(w.Flush(), f.Close())
}
