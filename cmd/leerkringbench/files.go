package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

type filesCommand struct {
	Folder  string        `arg:"" type:"existingdir" help:"Files to upload, in folders to any depth; those of strangers too."`
	Clients []int         `default:"1,8" help:"How many clients send at once, in turns."`
	By      []string      `default:"graphql,http" enum:"graphql,http" help:"How files are sent: in a GraphQL request, or to an address of their own."`
	Canary  string        `default:"127.0.0.1:18999" help:"An address that must not be asked for anything."`
	Settle  time.Duration `default:"15m" help:"How long the reading of all files may take."`
}

// Run sends every file of a folder to a server of its own, in each way and by so many
// clients at once, and tells in which state each ended, what answers took, and what
// memory the server and its workers held at most.
func (c *filesCommand) Run(ctx context.Context) error {
	names, err := filesIn(c.Folder)
	if err != nil {
		return err
	}
	fmt.Printf("machine: %s\nfiles: %d\n", machine(), len(names))
	touched, done, err := canary(ctx, c.Canary)
	if err != nil {
		return err
	}
	defer done()
	for _, by := range c.By {
		for _, clients := range c.Clients {
			if e := c.turn(ctx, names, by, clients); e != nil {
				err = errors.Join(err, fmt.Errorf("%s, %d at once: %w", by, clients, e))
			}
		}
	}
	fmt.Printf("requests to the canary: %d\n", touched.Load())
	if touched.Load() > 0 {
		err = errors.Join(err, errFailed)
	}
	return err
}

func filesIn(folder string) (names []string, err error) {
	err = filepath.WalkDir(folder, func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && d.Name() != "MANIFEST.tsv" {
			names = append(names, name)
		}
		return err
	})
	return names, err
}

// canary listens at an address that files of strangers name, and counts who asks.
func canary(ctx context.Context, address string) (*atomic.Int64, func(), error) {
	var config net.ListenConfig
	ln, err := config.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, nil, err
	}
	touched := &atomic.Int64{}
	server := &http.Server{ReadHeaderTimeout: time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		touched.Add(1)
		w.WriteHeader(http.StatusNotFound)
	})}
	var serving sync.WaitGroup
	serving.Go(func() { _ = server.Serve(ln) })
	return touched, func() { _ = server.Close(); serving.Wait() }, nil
}

// sentFiles is what came of the files of one turn.
type sentFiles struct {
	mu     sync.Mutex
	ids    map[string]string // name of the file on disk → id
	wrong  []string
	took   []time.Duration
	errors int // answers with a status of 500 or more
}

func (c *filesCommand) turn(ctx context.Context, names []string, by string, clients int) error {
	server, err := startUploads(ctx)
	if err != nil {
		return err
	}
	defer server.stop()
	before := memoryOf(server.process.cmd.Process.Pid)
	watch := watchMemory(server.process.cmd.Process.Pid)
	quiet, err := server.delays(ctx, 3*time.Second, nil)
	if err != nil {
		return err
	}
	sent := &sentFiles{ids: map[string]string{}}
	var states map[string]int
	busy, err := server.delays(ctx, 0, func() error {
		if err := c.send(ctx, server, names, by, clients, sent); err != nil {
			return err
		}
		var err error
		states, err = server.settled(ctx, sent.ids, c.Settle)
		return err
	})
	most := watch()
	if err != nil {
		return err
	}
	fmt.Printf("%s, %d at once: %d accepted, %d refused, %d answers of 500 and more; an answer took p50 %s, at most %s\n", by, clients, len(sent.ids), len(names)-len(sent.ids), sent.errors,
		quantile(sent.took, .5).Round(time.Millisecond), quantile(sent.took, 1).Round(time.Millisecond))
	fmt.Printf("  states: %s\n", counted(states))
	fmt.Printf("  memory: the server %s before and %s at most, with its workers %s at most\n", megabytes(before), megabytes(most.server), megabytes(most.all))
	fmt.Printf("  a light request meanwhile: p50 %s, p99.9 %s; before, p50 %s, p99.9 %s\n", quantile(busy, .5).Round(10*time.Microsecond), quantile(busy, .999).Round(10*time.Microsecond), quantile(quiet, .5).Round(10*time.Microsecond), quantile(quiet, .999).Round(10*time.Microsecond))
	for _, w := range sent.wrong {
		fmt.Println("  " + w)
	}
	if sent.errors > 0 {
		return errFailed
	}
	return server.alive()
}

// send sends all files, each to a publication of its own.
func (c *filesCommand) send(ctx context.Context, s *uploadServer, names []string, by string, clients int, sent *sentFiles) error {
	var next atomic.Int64
	group, ctx := errgroup.WithContext(ctx)
	for range clients {
		group.Go(func() error {
			for {
				n := int(next.Add(1)) - 1
				if n >= len(names) {
					return nil
				}
				if err := s.sendOne(ctx, names[n], by, sent); err != nil {
					return fmt.Errorf("%s: %w", names[n], err)
				}
			}
		})
	}
	return group.Wait()
}

func (s *uploadServer) sendOne(ctx context.Context, name, by string, sent *sentFiles) error {
	record, err := s.record(ctx, filepath.Base(name))
	if err != nil {
		return err
	}
	began := time.Now()
	var answer uploaded
	if by == "graphql" {
		answer, err = s.inRequest(ctx, record, name)
	} else {
		answer, err = s.toAddress(ctx, record, name)
	}
	if err != nil {
		return err
	}
	sent.mu.Lock()
	defer sent.mu.Unlock()
	sent.took = append(sent.took, time.Since(began))
	switch {
	case answer.status >= http.StatusInternalServerError:
		sent.errors++
		sent.wrong = append(sent.wrong, fmt.Sprintf("%s: status %d: %.200s", name, answer.status, answer.refused))
	case answer.id == "":
		sent.wrong = append(sent.wrong, fmt.Sprintf("%s: refused: %.200s", name, answer.refused))
	default:
		sent.ids[name] = answer.id
	}
	return nil
}

// counted writes counts in a fixed order.
func counted(counts map[string]int) string {
	var out []string
	for name, n := range counts {
		out = append(out, fmt.Sprintf("%s %d", name, n))
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}
