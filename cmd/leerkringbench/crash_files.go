package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"
)

type crashFilesCommand struct {
	Runs    int    `default:"50" help:"How often to kill."`
	Seed    uint64 `help:"Repeat a run; a new one otherwise."`
	Clients int    `default:"4" help:"Clients that upload at once."`
}

// ackFile is a file whose upload was acknowledged.
type ackFile struct {
	id, record, sum, word string
}

// fileCrashes are the state of one run of the command.
type fileCrashes struct {
	rng     *rand.Rand
	seed    uint64
	root    string
	data    string
	clients int
	made    atomic.Int64
	tried   atomic.Int64

	mu    sync.Mutex
	acked []ackFile
}

// Run kills a server while files are uploaded and read, and checks each time that what
// was acknowledged is there; in the end all is read, published, found once, and scrubbed.
func (c *crashFilesCommand) Run(ctx context.Context) error {
	if c.Seed == 0 {
		c.Seed = uint64(time.Now().UnixNano())
	}
	fmt.Printf("machine: %s\nseed: %d\n", machine(), c.Seed)
	root, done, err := folder("")
	if err != nil {
		return err
	}
	defer done()
	s := &fileCrashes{rng: rand.New(rand.NewPCG(c.Seed, 5)), seed: c.Seed, root: root, data: filepath.Join(root, "data"), clients: c.Clients}
	if err := s.warm(ctx); err != nil {
		return err
	}
	for run := range c.Runs {
		if err := s.once(ctx); err != nil {
			return fmt.Errorf("run %d: %w", run, err)
		}
	}
	fmt.Printf("kills: %d; uploads begun %d, acknowledged %d\n", c.Runs, s.tried.Load(), len(s.acked))
	if err := s.end(ctx); err != nil {
		return err
	}
	fmt.Println("every acknowledged file has its bytes, is in its material, is read and is found once; nothing is left that belongs to nothing")
	return nil
}

// warm has one file of each kind read, so that later starts find the reader compiled.
func (s *fileCrashes) warm(ctx context.Context) error {
	server, err := s.launch(ctx)
	if err != nil {
		return err
	}
	defer server.stop()
	for _, kind := range madeKinds() {
		if err := s.upload(ctx, server, kind, "graphql"); err != nil {
			return err
		}
	}
	states, err := server.settled(ctx, s.ids(), 2*time.Minute)
	if err == nil && states["READ"] != len(madeKinds()) {
		err = fmt.Errorf("files made here are not read: %s", counted(states))
	}
	return err
}

// launch starts a server on the data of the runs.
func (s *fileCrashes) launch(ctx context.Context, more ...string) (*uploadServer, error) {
	server := &uploadServer{done: func() {}}
	if err := server.start(ctx, s.data, more...); err != nil {
		server.stop()
		return nil, err
	}
	return server, nil
}

func (s *fileCrashes) ids() map[string]string {
	ids := map[string]string{}
	for _, f := range s.acked {
		ids[f.word] = f.id
	}
	return ids
}

// once kills a server while clients upload.
func (s *fileCrashes) once(ctx context.Context) error {
	server, err := s.launch(ctx)
	if err != nil {
		return err
	}
	var killed atomic.Bool
	early := make(chan error, s.clients)
	var all sync.WaitGroup
	for n := range s.clients {
		by := []string{"graphql", "http"}[n%2]
		all.Go(func() {
			for k := n; ctx.Err() == nil; k++ {
				err := s.upload(ctx, server, madeKinds()[k%len(madeKinds())], by)
				if killed.Load() {
					return
				}
				if err != nil {
					early <- err
					return
				}
			}
		})
	}
	time.Sleep(time.Duration(100+s.rng.IntN(1_500)) * time.Millisecond)
	killed.Store(true)
	server.stop()
	all.Wait()
	select {
	case err := <-early:
		return fmt.Errorf("before the kill: %w", err)
	default:
		return s.kept(ctx)
	}
}

// upload makes a record and a file, and notes the file when it is acknowledged.
func (s *fileCrashes) upload(ctx context.Context, server *uploadServer, kind, by string) error {
	w := word(s.seed, int(s.made.Add(1)))
	name := filepath.Join(s.root, w+"."+kind)
	data := made(kind, w)
	if err := os.WriteFile(name, data, 0o600); err != nil {
		return err
	}
	defer func() { _ = os.Remove(name) }()
	record, _, err := server.editor.create(ctx, "Materiaal met een bestand")
	if err != nil {
		return err
	}
	s.tried.Add(1)
	send := server.inRequest
	if by == "http" {
		send = server.toAddress
	}
	answer, err := send(ctx, record, name)
	if err != nil {
		return err
	}
	if answer.id == "" {
		return fmt.Errorf("refused with status %d: %s", answer.status, answer.refused)
	}
	sum := sha256.Sum256(data)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.acked = append(s.acked, ackFile{id: answer.id, record: record, sum: hex.EncodeToString(sum[:]), word: w})
	return nil
}

// end lets a server read all, publishes it, searches it, and scrubs. The clock of that
// server is ahead, so that what the killed ones were reading is given up for dead.
func (s *fileCrashes) end(ctx context.Context) error {
	server, err := s.launch(ctx, "--later", "10m")
	if err != nil {
		return err
	}
	err = s.readAndFound(ctx, server)
	server.stop()
	if err != nil {
		return err
	}
	return errors.Join(s.scrubbed(ctx), s.kept(ctx))
}

func (s *fileCrashes) readAndFound(ctx context.Context, server *uploadServer) error {
	began := time.Now()
	states, err := server.settled(ctx, s.ids(), 10*time.Minute)
	if err != nil {
		return err
	}
	fmt.Printf("after the last kill all were settled within %s: %s\n", time.Since(began).Round(100*time.Millisecond), counted(states))
	if states["READ"] != len(s.acked) {
		return fmt.Errorf("%d files, of which %d are read", len(s.acked), states["READ"])
	}
	for _, f := range s.acked {
		if err := server.publish(ctx, f.record); err != nil {
			return err
		}
		var found struct{ Search struct{ TotalCount int } }
		if err := server.editor.ask(ctx, `query ($q: String!) { search(query: $q, asTyped: true) { totalCount } }`, map[string]any{"q": f.word}, &found); err != nil {
			return err
		}
		if found.Search.TotalCount != 1 {
			return fmt.Errorf("the text of file %s is found %d times", f.id, found.Search.TotalCount)
		}
	}
	return nil
}

// publish publishes a record as it is.
func (s *uploadServer) publish(ctx context.Context, record string) error {
	var now struct{ Nodes []struct{ Version int } }
	if err := s.editor.ask(ctx, `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Case { version } } }`, map[string]any{"ids": []string{record}}, &now); err != nil {
		return err
	}
	var done struct {
		Publish struct{ UserErrors []userError }
	}
	err := s.editor.ask(ctx, `mutation ($id: ID!, $v: Int!) { publish(input: {id: $id, version: $v}) { userErrors { message } } }`, map[string]any{"id": record, "v": now.Nodes[0].Version}, &done)
	return errors.Join(err, refused(done.Publish.UserErrors))
}
