package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

	"leerkring/internal/store/feedproof"
)

type writersCommand struct {
	URI       string        `help:"An empty database of a MongoDB-compatible server; otherwise FerretDB is built from tools/ferretdb and started."`
	Writers   int           `default:"4" help:"Processes that write at the same time."`
	MaxPause  time.Duration `default:"1m" help:"The longest pause between taking a number and writing."`
	Duration  time.Duration `default:"5m" help:"How long writes are begun."`
	KillEvery time.Duration `default:"30s" help:"The mean time after which a writer is killed."`
	Seed      uint64
}

// Run proves that no change is skipped, and prints what was seen.
func (c *writersCommand) Run(ctx context.Context) error {
	uri, stop, err := c.server(ctx)
	if err != nil {
		return err
	}
	defer stop()
	self, err := os.Executable()
	if err != nil {
		return err
	}
	if c.Seed == 0 {
		c.Seed = uint64(time.Now().UnixNano())
	}
	fmt.Printf("machine: %s\nseed: %d\n", machine(), c.Seed)
	report, err := feedproof.Run(ctx, feedproof.Options{
		URI: uri, Writers: c.Writers, MaxPause: c.MaxPause, Duration: c.Duration, KillEvery: c.KillEvery, Seed: c.Seed,
		Self: func(ctx context.Context, opts feedproof.WriterOptions) *exec.Cmd {
			text, err := json.Marshal(opts)
			if err != nil {
				panic("leerkringbench: options of a writer do not encode: " + err.Error())
			}
			return exec.CommandContext(ctx, self, "writer", string(text))
		},
	})
	fmt.Println(report)
	return err
}

// server starts FerretDB, unless another server is named. It ends with this
// process, since it watches its standard input.
func (c *writersCommand) server(ctx context.Context) (uri string, stop func(), err error) {
	if c.URI != "" {
		return c.URI, func() {}, nil
	}
	dir, done, err := folder("")
	if err != nil {
		return "", nil, err
	}
	cmd := exec.CommandContext(ctx, "go", "run", "-C", "tools/ferretdb", ".", "-stdin", "-addr", "127.0.0.1:0", "-dir", dir)
	// What it logs tells of connections that killed writers leave; it is not shown.
	in, err := cmd.StdinPipe()
	if err != nil {
		return "", nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", nil, err
	}
	if err := cmd.Start(); err != nil {
		return "", nil, fmt.Errorf("FerretDB cannot be started; run this in the root of the repository: %w", err)
	}
	stop = func() {
		_ = in.Close()
		_, _ = io.Copy(io.Discard, out)
		_ = cmd.Wait()
		done()
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		stop()
		return "", nil, errors.Join(errors.New("FerretDB did not say its address"), err)
	}
	return strings.TrimSuffix(strings.TrimSpace(line), "/") + "/feedproof", stop, nil
}

type writerCommand struct {
	Options string `arg:""`
}

// Run is one writer of the proof.
func (c *writerCommand) Run(ctx context.Context) error {
	var opts feedproof.WriterOptions
	if err := json.Unmarshal([]byte(c.Options), &opts); err != nil {
		return err
	}
	return feedproof.Writer(ctx, opts, os.Stdout)
}
