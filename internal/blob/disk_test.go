//go:build linux

package blob_test

import (
	"bytes"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"leerkring/internal/blob"
	"leerkring/internal/kb"
)

// childEnv makes the test binary run one test as the child process of that test.
const childEnv = "LEERKRING_TEST_CHILD"

// ownNamespace runs the test again where it may mount what it likes, and reports
// whether this is that run.
func ownNamespace(t *testing.T) bool {
	t.Helper()
	if os.Getenv(childEnv) != "" {
		return true
	}
	cmd := child(t)
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}},
	}
	output, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		missing(t, "no namespace of its own: "+err.Error())
	}
	if err != nil {
		t.Errorf("%v\n%s", err, output)
	}
	if strings.Contains(string(output), "--- SKIP") {
		missing(t, string(output))
	}
	return false
}

func child(t *testing.T) *exec.Cmd {
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Env = append(os.Environ(), childEnv+"=1")
	return cmd
}

func missing(t *testing.T, reason string) {
	t.Helper()
	if os.Getenv("LEERKRING_REQUIRE_TOOLS") == "1" {
		t.Fatal(reason)
	}
	t.Skip(reason)
}

// smallDisk mounts a disk of 4 MiB in memory.
func smallDisk(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=4m"); err != nil {
		t.Skipf("no disk can be mounted: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}

// full brings an upload to a disk that is full, and on when there is room.
func full(t *testing.T, f *blob.Folder, free func()) {
	t.Helper()
	data := make([]byte, 3<<20)
	for i := range data {
		data[i] = byte(i >> 8)
	}
	name := stored(t, f, "small")
	size, err := f.Append(t.Context(), stageID("s"), 0, bytes.NewReader(data))
	code(t, "Append", err, kb.DiskFull)
	if staged, err := f.Staged(t.Context(), stageID("s")); err != nil || staged != size || size == 0 {
		t.Errorf("the stage holds %d, %v; Append said %d", staged, err, size)
	}
	code(t, "PutDerived", f.PutDerived(t.Context(), name, "a", bytes.NewReader(data)), kb.DiskFull)
	_, err = f.OpenDerived(t.Context(), name, "a")
	code(t, "OpenDerived", err, kb.NotFound)
	code(t, "Check", f.Check(t.Context(), name), "")
	free()
	if _, err := f.Append(t.Context(), stageID("s"), size, bytes.NewReader(data[size:])); err != nil {
		t.Fatal(err)
	}
	got, _, err := f.Commit(t.Context(), stageID("s"))
	if err != nil || got != sum(string(data)) {
		t.Errorf("Commit: got %s, %v", got, err)
	}
	code(t, "Check", f.Check(t.Context(), got), "")
}

func TestDiskFull(t *testing.T) {
	if !ownNamespace(t) {
		return
	}
	dir := smallDisk(t)
	ballast := filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 2<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	full(t, open(t, filepath.Join(dir, "files")), func() {
		if err := os.Remove(ballast); err != nil {
			t.Fatal(err)
		}
	})
}

// TestFileLimit meets a limit on the size of files, as a quota is one.
func TestFileLimit(t *testing.T) {
	if os.Getenv(childEnv) == "" {
		if output, err := child(t).CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, output)
		}
		return
	}
	signal.Ignore(syscall.SIGXFSZ)
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	set := func(now uint64) {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: now, Max: limit.Max}); err != nil {
			t.Fatal(err)
		}
	}
	set(1<<20 + 100)
	full(t, open(t, t.TempDir()), func() { set(limit.Cur) })
}

// TestReadOnlyDisk: reading goes on, and writing says why it does not.
func TestReadOnlyDisk(t *testing.T) {
	if !ownNamespace(t) {
		return
	}
	dir := smallDisk(t)
	files := filepath.Join(dir, "files")
	f := open(t, files)
	name := stored(t, f, "abc")
	if _, err := f.Append(t.Context(), stageID("s"), 0, strings.NewReader("abc")); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Skipf("no disk can be made read-only: %v", err)
	}
	again := open(t, files)
	for _, f := range []*blob.Folder{f, again} {
		code(t, "Check", f.Check(t.Context(), name), "")
		_, err := f.Append(t.Context(), stageID("s"), 3, strings.NewReader("x"))
		code(t, "Append", err, kb.ReadOnly)
		_, err = f.Append(t.Context(), stageID("t"), 0, strings.NewReader("x"))
		code(t, "Append to a new stage", err, kb.ReadOnly)
		_, _, err = f.Commit(t.Context(), stageID("s"))
		code(t, "Commit", err, kb.ReadOnly)
		code(t, "Discard", f.Discard(t.Context(), stageID("s")), kb.ReadOnly)
		code(t, "Delete", f.Delete(t.Context(), name), kb.ReadOnly)
		code(t, "PutDerived", f.PutDerived(t.Context(), name, "a", strings.NewReader("x")), kb.ReadOnly)
	}
	_, err := blob.Open(filepath.Join(dir, "new"), time.Now)
	code(t, "Open of a new folder", err, kb.ReadOnly)
}
