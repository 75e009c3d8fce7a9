//go:build linux

package sqlite_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"leerkring/internal/kb"
	"leerkring/internal/store/sqlite"
)

// childEnv makes the test binary run one test as the child process of that test;
// its value is for the test to choose.
const childEnv = "LEERKRING_TEST_CHILD"

// child is a command that runs this very test again, as a child.
func child(t *testing.T, value string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Env = append(os.Environ(), childEnv+"="+value)
	return cmd
}

// ownNamespace runs the test again where it may mount what it likes, and reports
// whether this is that run.
func ownNamespace(t *testing.T) bool {
	t.Helper()
	if os.Getenv(childEnv) != "" {
		return true
	}
	cmd := child(t, "mount")
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}},
	}
	output, err := cmd.CombinedOutput()
	if _, ran := err.(*exec.ExitError); err != nil && !ran { //nolint:errorlint // Run gives it bare
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

func missing(t *testing.T, reason string) {
	t.Helper()
	if os.Getenv("LEERKRING_REQUIRE_TOOLS") == "1" {
		t.Fatal(reason)
	}
	t.Skip(reason)
}

// smallDisk mounts a disk of some bytes in memory.
func smallDisk(t *testing.T, size int) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+strconv.Itoa(size)); err != nil {
		t.Skipf("no disk can be mounted: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}

func TestSecondProcess(t *testing.T) {
	if dir := os.Getenv(childEnv); dir != "" {
		fmt.Printf("code %s\n", openCode(t, dir))
		return
	}
	dir := filled(t, 1)
	s, err := sqlite.Open(t.Context(), dir, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	output, err := child(t, dir).CombinedOutput()
	if err != nil || !strings.Contains(string(output), "code "+string(kb.InUse)+"\n") {
		t.Errorf("the second process got %v\n%s", err, output)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if got := openCode(t, dir); got != "" {
		t.Errorf("Open after Close: got %q", got)
	}
}

func TestReadOnlyDisk(t *testing.T) {
	if !ownNamespace(t) {
		return
	}
	dir := smallDisk(t, 8<<20)
	for _, data := range []string{filepath.Join(dir, "old"), filepath.Join(dir, "new")} {
		if filepath.Base(data) == "old" && openCode(t, data) != "" {
			t.Fatal("no store on the small disk")
		}
	}
	if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Skipf("no disk can be made read-only: %v", err)
	}
	for _, data := range []string{"old", "new"} {
		if got := openCode(t, filepath.Join(dir, data)); got != kb.ReadOnly {
			t.Errorf("Open %s: got %q, want %q", data, got, kb.ReadOnly)
		}
	}
}

// TestDiskFull fills a real disk to the last block; space comes back when the
// file that took it is removed.
func TestDiskFull(t *testing.T) {
	if !ownNamespace(t) {
		return
	}
	dir := smallDisk(t, 8<<20)
	ballast := filepath.Join(dir, "ballast")
	write(t, ballast, make([]byte, 3<<20))
	fullAndFree(t, filepath.Join(dir, "data"), func() {
		if err := os.Remove(ballast); err != nil {
			t.Fatal(err)
		}
	})
}

// TestFileLimit meets a limit on the size of files, as a quota is one.
func TestFileLimit(t *testing.T) {
	if os.Getenv(childEnv) == "" {
		if output, err := child(t, "limit").CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, output)
		}
		return
	}
	signal.Ignore(syscall.SIGXFSZ)
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	low := syscall.Rlimit{Cur: 2 << 20, Max: limit.Max}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &low); err != nil {
		t.Fatal(err)
	}
	fullAndFree(t, t.TempDir(), func() {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
			t.Fatal(err)
		}
	})
}

// fullAndFree writes until the disk is full, goes on for a while, frees space,
// and looks whether every acknowledged write is there.
func fullAndFree(t *testing.T, dir string, free func()) {
	t.Helper()
	s, err := sqlite.Open(t.Context(), dir, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	acknowledged := map[kb.ID]bool{}
	put := func(n int) error {
		results, err := s.Put(t.Context(), []kb.Record{sized(n)})
		if err != nil {
			if results[0] != (kb.Result{}) {
				t.Errorf("write %d failed and was answered with %v", n, results[0])
			}
			return err
		}
		acknowledged[sized(n).ID] = results[0].Err == nil
		return nil
	}
	refused := 0
	for n := 0; refused < 50; n++ {
		if n > 20_000 {
			t.Fatal("the disk does not get full")
		}
		if err := put(n); err != nil {
			refused++
			if kb.CodeOf(err) != kb.DiskFull {
				t.Fatalf("write %d: got %v, want %s", n, err, kb.DiskFull)
			}
		}
	}
	compareStored(t, s, acknowledged) // reading goes on
	free()
	start := time.Now()
	for put(30_000) != nil {
		if time.Since(start) > time.Second {
			t.Fatal("no write a second after space came back")
		}
	}
	if err := s.Close(); err != nil {
		t.Fatalf("Close: %v", err)
	}
	if s, err = sqlite.Open(t.Context(), dir, sqlite.Options{}); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	compareStored(t, s, acknowledged)
	if err := s.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// compareStored expects exactly the acknowledged records.
func compareStored(t *testing.T, s *sqlite.Store, acknowledged map[kb.ID]bool) {
	t.Helper()
	step, err := s.Changes(t.Context(), 0, 100_000)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range step.Records {
		if !acknowledged[r.ID] {
			t.Errorf("number %d was stored and not acknowledged", r.Seq)
		}
	}
	if len(step.Records) != len(acknowledged) {
		t.Errorf("%d records are stored, %d were acknowledged", len(step.Records), len(acknowledged))
	}
}

// TestKilled kills a process that writes, again and again on the same folder.
func TestKilled(t *testing.T) {
	if dir := os.Getenv(childEnv); dir != "" {
		writeForever(t, dir)
	}
	dir := t.TempDir()
	acknowledged := 0
	for round := range 6 {
		cmd := child(t, dir)
		stdout, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(stdout)
		for until := acknowledged + 30*round + 1; acknowledged < until && lines.Scan(); {
			if text, ok := strings.CutPrefix(lines.Text(), "stored "); ok {
				acknowledged, _ = strconv.Atoi(text)
			}
		}
		_ = cmd.Process.Kill()
		for lines.Scan() { // what it said before it died counts
			if text, ok := strings.CutPrefix(lines.Text(), "stored "); ok {
				acknowledged, _ = strconv.Atoi(text)
			}
		}
		_ = cmd.Wait()
		check(t, dir, "")
	}
	s, err := sqlite.Open(t.Context(), dir, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if last, err := s.Last(t.Context()); err != nil || int(last) < acknowledged || acknowledged < 6 {
		t.Errorf("Last: got %d, %v; %d were acknowledged", last, err, acknowledged)
	}
}

// writeForever goes on where the store ends, and says what is stored.
func writeForever(t *testing.T, dir string) {
	s, err := sqlite.Open(t.Context(), dir, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	last, err := s.Last(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for n := int(last); ; n++ {
		results, err := s.Put(t.Context(), []kb.Record{sized(n)})
		if err != nil || results[0].Err != nil {
			t.Fatal(err, results)
		}
		fmt.Printf("stored %d\n", results[0].Seq)
	}
}
