package feedproof

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os/exec"
	"strings"
	"time"

	"leerkring/internal/kb"
	"leerkring/internal/store/mongo"
)

// The lines that a writer prints: when it has read a number and is about to
// insert, and when a write is durable.
const (
	linePause  = "pause"
	lineStored = "stored"
)

// WriterOptions are those of one writer process.
type WriterOptions struct {
	URI      string
	Name     string // names the records; no two writers share one
	MaxPause time.Duration
	Until    time.Time
	Seed     uint64
}

// Writer writes until the end and prints what is acknowledged. It makes new
// records, and new versions of its own ones that pass a key from one to the other.
// A write is stopped at random between reading the number and inserting.
func Writer(ctx context.Context, opts WriterOptions, out io.Writer) error {
	random := rand.New(rand.NewPCG(opts.Seed, 0))
	store, err := mongo.Open(ctx, opts.URI, mongo.Options{
		BeforeInsert: func(context.Context, kb.Seq) {
			if random.IntN(3) > 0 {
				return
			}
			fmt.Fprintln(out, linePause)
			wait(ctx, time.Duration(random.Int64N(int64(opts.MaxPause)+1)))
		},
	})
	if err != nil {
		return err
	}
	defer store.Close()
	versions := map[string]int{}
	for time.Until(opts.Until) > 0 && ctx.Err() == nil {
		records := make([]kb.Record, 1+random.IntN(4))
		for i := range records {
			name := fmt.Sprintf("%s/%d", opts.Name, random.IntN(5))
			versions[name]++
			records[i] = newRecord(name, versions[name])
		}
		results, err := store.Put(ctx, records)
		if err != nil {
			return err
		}
		for i, r := range results {
			if r.Err != nil {
				return r.Err // nobody else writes these records
			}
			fmt.Fprintln(out, lineStored, r.Seq, describe(records[i]))
		}
	}
	return nil
}

func newRecord(name string, version int) kb.Record {
	text, _ := json.Marshal(name) // a string is always JSON
	return kb.Record{
		ID: kb.DeriveID("feedproof", name), Kind: kb.KindLesson, Version: version,
		At: time.UnixMilli(int64(version)).UTC(), Keys: []string{"feedproof:" + name}, Live: text,
	}
}

// describe is by what a write is known again: all that it holds.
func describe(r kb.Record) string {
	return fmt.Sprintf("%s v%d %s %s", r.ID, r.Version, strings.Join(r.Keys, ","), r.Live)
}

func wait(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// live runs one writer process to its end, or kills it after its lifetime (0: never).
// A writer that was to be killed and is stopping at the time is killed in its stop.
func (t *told) live(ctx context.Context, opts Options, writer WriterOptions, lifetime time.Duration) error {
	cmd := opts.Self(ctx, writer)
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	var stderr strings.Builder
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		return err
	}
	killed := make(chan bool, 1)
	ended := make(chan struct{})
	go func() { killed <- killAfter(cmd, lifetime, ended) }()

	paused, err := t.listen(bufio.NewScanner(stdout))
	close(ended)
	wasKilled := <-killed
	waitErr := cmd.Wait()
	if err != nil {
		return err
	}
	if wasKilled {
		t.count(paused)
		return nil
	}
	if waitErr != nil {
		return fmt.Errorf("writer %s: %w: %s", writer.Name, waitErr, stderr.String())
	}
	return nil
}

// killAfter kills a process after its lifetime, unless it ends before.
func killAfter(cmd *exec.Cmd, lifetime time.Duration, ended <-chan struct{}) bool {
	if lifetime == 0 {
		<-ended
		return false
	}
	timer := time.NewTimer(lifetime)
	defer timer.Stop()
	select {
	case <-ended:
		return false
	case <-timer.C:
		return cmd.Process.Kill() == nil
	}
}

// listen takes down what a writer says until it ends; paused is whether its last
// word was that it stopped before an insert.
func (t *told) listen(lines *bufio.Scanner) (paused bool, err error) {
	for lines.Scan() {
		text, stored := strings.CutPrefix(lines.Text(), lineStored+" ")
		paused = lines.Text() == linePause
		if !stored {
			continue
		}
		number, what, _ := strings.Cut(text, " ")
		var seq kb.Seq
		if _, err := fmt.Sscan(number, &seq); err != nil {
			return false, errors.Join(errors.New("a line that no writer prints: "+lines.Text()), err)
		}
		t.add(seq, what)
	}
	return paused, nil
}

func (t *told) add(seq kb.Seq, what string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, ok := t.acknowledged[seq]; ok {
		t.twice = append(t.twice, seq)
	}
	t.acknowledged[seq] = what
}

func (t *told) count(paused bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.kills++
	if paused {
		t.killedPaused++
	}
}
