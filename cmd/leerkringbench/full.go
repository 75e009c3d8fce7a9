package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"leerkring/internal/app"
	"leerkring/internal/kb"
)

type fullCommand struct {
	Size   int  `default:"64" help:"Size of the disk in MB."`
	Inside bool `hidden:"" help:"This process may mount a disk."`
}

// Run fills a small disk of its own with store and index on it, gives space
// back, and checks that nothing acknowledged is lost. Linux only.
func (c *fullCommand) Run(ctx context.Context) error {
	if c.Inside {
		return c.inside(ctx)
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, self, "full", "--inside", "--size", strconv.Itoa(c.Size))
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}},
	}
	return cmd.Run()
}

func (c *fullCommand) inside(ctx context.Context) error {
	dir, done, err := folder("")
	if err != nil {
		return err
	}
	defer done()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+strconv.Itoa(c.Size<<20)); err != nil {
		return fmt.Errorf("no disk can be mounted: %w", err)
	}
	defer func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) }()
	filler := filepath.Join(dir, "filler")
	if err := os.WriteFile(filler, make([]byte, c.Size<<20/2), 0o600); err != nil {
		return err
	}
	data := filepath.Join(dir, "data")
	a, err := app.Open(ctx, config(data))
	if err != nil {
		return err
	}
	f := &filling{app: a, acked: map[kb.ID]string{}}
	f.writer = newWriter(a.Store, uint64(time.Now().UnixNano()), func(r kb.Record, _ kb.Seq) { f.acked[r.ID] = r.Keys[0] })
	err = f.run(ctx, filler)
	if err := errors.Join(err, a.Close()); err != nil {
		return err
	}
	if err := compare(ctx, data); err != nil {
		return err
	}
	fmt.Println("opened again: store and index agree")
	return nil
}

// filling is one full disk.
type filling struct {
	app    *app.App
	writer *writer
	acked  map[kb.ID]string
	n      int
}

func (f *filling) create(ctx context.Context) error {
	f.n++
	return f.writer.create(ctx, f.n)
}

func (f *filling) run(ctx context.Context, filler string) error {
	refused, codes := 0, map[kb.Code]int{}
	for refused < 200 {
		if err := f.create(ctx); err != nil {
			refused++
			codes[kb.CodeOf(err)]++
		}
	}
	fmt.Printf("machine: %s\n", machine())
	fmt.Printf("disk full after %d acknowledged writes; codes of %d refused ones: %v\n", len(f.acked), refused, codes)
	if codes[kb.DiskFull] != refused {
		return fmt.Errorf("%w: another code than %s", errFailed, kb.DiskFull)
	}
	if _, err := f.app.Library.Search(ctx, kb.Visitor(), kb.SearchRequest{Text: "woningbouw", First: 10}); err != nil {
		return fmt.Errorf("searching on a full disk: %w", err)
	}
	if err := os.Remove(filler); err != nil {
		return err
	}
	freed := time.Now()
	for f.create(ctx) != nil {
		if time.Since(freed) > time.Minute {
			return errors.New("no write a minute after space came back")
		}
	}
	fmt.Printf("writing again %s after space came back\n", time.Since(freed).Round(time.Millisecond/10))
	last, err := f.app.Store.Last(ctx)
	if err == nil {
		err = f.app.Settle(ctx, last)
	}
	if err != nil {
		return err
	}
	fmt.Printf("searchable and on disk again %s after space came back\n", time.Since(freed).Round(time.Millisecond))
	return f.check(ctx)
}

// check looks for each acknowledged write.
func (f *filling) check(ctx context.Context) error {
	lost := 0
	for id := range f.acked {
		found, err := f.app.Library.Get(ctx, kb.Visitor(), []kb.ID{id})
		if err != nil {
			return err
		}
		if e := found[id]; e != nil {
			res, err := f.app.Library.Search(ctx, kb.Visitor(), kb.SearchRequest{Text: e.Base().Slug, First: 2})
			if err != nil {
				return err
			}
			if res.Total == 1 {
				continue
			}
		}
		lost++
	}
	fmt.Printf("acknowledged: %d; lost or not found: %d\n", len(f.acked), lost)
	if lost > 0 {
		return errFailed
	}
	return nil
}
