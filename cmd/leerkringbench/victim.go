package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"

	"leerkring/internal/app"
	"leerkring/internal/kb"
)

// victimCommand is a whole Leerkring in a process of its own that says on
// stdout what it has done, a line each, and that may be killed at any moment.
type victimCommand struct {
	Data    string `required:""`
	Seed    uint64
	Write   bool          `help:"Write, and say each acknowledged write."`
	Rebuild bool          `help:"Build the index anew, again and again."`
	Import  string        `help:"Import this file instead of serving."`
	Later   time.Duration `help:"How far its clock is ahead."`
	Editor  bool          `help:"Make an account of an editor, and say the secret of a session."`
}

// Run serves, and does what it is told meanwhile.
func (c *victimCommand) Run(ctx context.Context) error {
	settings := config(c.Data)
	settings.Now = func() time.Time { return time.Now().Add(c.Later) }
	a, err := app.Open(ctx, settings)
	if err != nil {
		return err
	}
	if c.Import != "" {
		_, err := bring(ctx, a, c.Import)
		if err == nil {
			say("IMPORTED")
		}
		return errors.Join(err, a.Close())
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	err = a.Serve(ctx, app.Site{Addr: "127.0.0.1:0"}, func(begun app.Started) {
		say("SERVING %s", begun.URL)
		if c.Editor {
			c.editor(ctx, a)
		}
		if c.Write {
			go c.write(ctx, a, stop)
		}
		if c.Rebuild {
			go c.rebuild(ctx, a, stop)
		}
	})
	return errors.Join(err, a.Close())
}

func (c *victimCommand) write(ctx context.Context, a *app.App, stop func()) {
	if err := newWriter(a.Store, c.Seed, sayAcknowledged).run(ctx); err != nil && ctx.Err() == nil {
		say("FAILED writing: %v", err)
		stop()
	}
}

// editor makes an editor who is signed in.
func (c *victimCommand) editor(ctx context.Context, a *app.App) {
	w, err := signedIn(ctx, a, "", "editor")
	if err != nil {
		say("FAILED making an editor: %v", err)
		return
	}
	say("EDITOR %s", w.secret)
}

// sayAcknowledged says a write in the words that crashes.note reads.
func sayAcknowledged(r kb.Record, seq kb.Seq) {
	what, key := "put", "-"
	if r.Deleted {
		what = "deleted"
	} else {
		key = r.Keys[0]
	}
	say("ACK %s %d %d %s %s", r.ID, r.Version, seq, what, key)
}

func (c *victimCommand) rebuild(ctx context.Context, a *app.App, stop func()) {
	for ctx.Err() == nil {
		if err := a.Indexer.Rebuild(ctx); err != nil && ctx.Err() == nil {
			say("FAILED rebuilding: %v", err)
			stop()
		}
		say("REBUILT")
	}
}

func say(format string, args ...any) { fmt.Fprintf(os.Stdout, format+"\n", args...) }

// process is a victim that runs.
type process struct {
	cmd     *exec.Cmd
	started time.Time
	lines   chan string
}

// launch starts a victim. Its lines come in the channel, which is closed when
// it has ended.
func launch(args ...string) (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(self, append([]string{"victim"}, args...)...)
	cmd.Stderr = os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p := &process{cmd: cmd, started: time.Now(), lines: make(chan string, 100_000)}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			p.lines <- lines.Text()
		}
		close(p.lines)
	}()
	return p, nil
}

// await gives the rest of the first line that begins with a word, and how long
// after the start it came.
func (p *process) await(word string, atMost time.Duration) (rest string, after time.Duration, err error) {
	timeout := time.After(atMost)
	for {
		select {
		case line, ok := <-p.lines:
			if !ok {
				return "", 0, fmt.Errorf("the process ended before it said %s: %w", word, p.cmd.Wait())
			}
			if rest, ok := strings.CutPrefix(line, word); ok {
				return strings.TrimSpace(rest), time.Since(p.started), nil
			}
			if strings.HasPrefix(line, "FAILED") {
				return "", 0, errors.New(line)
			}
		case <-timeout:
			return "", 0, fmt.Errorf("nothing said %s within %s", word, atMost)
		}
	}
}

// kill ends the process as a power switch would, and gives the lines it had said.
func (p *process) kill() []string {
	_ = p.cmd.Process.Kill()
	var said []string
	for line := range p.lines {
		said = append(said, line)
	}
	_ = p.cmd.Wait()
	return said
}

// get asks a server for a page until it answers with a status.
func get(url string, status int, atMost time.Duration) error {
	client := http.Client{Timeout: 5 * time.Second}
	for end := time.Now().Add(atMost); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		res, err := client.Get(url)
		if err != nil {
			continue
		}
		_, _ = io.Copy(io.Discard, res.Body)
		_ = res.Body.Close()
		if res.StatusCode == status {
			return nil
		}
	}
	return fmt.Errorf("%s does not answer %d within %s", url, status, atMost)
}
