package extract

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// nobody is who a child is in its own name space, where it has no rights at all.
const nobody = 65534

// attributes are those of a child: a group of its own, an end with ours, and, where
// that is allowed, a network of its own with nothing in it.
func attributes(apart bool) *syscall.SysProcAttr {
	a := &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	if apart {
		a.Cloneflags = syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET | syscall.CLONE_NEWIPC
		a.UidMappings = []syscall.SysProcIDMap{{ContainerID: nobody, HostID: os.Getuid(), Size: 1}}
		a.GidMappings = []syscall.SysProcIDMap{{ContainerID: nobody, HostID: os.Getgid(), Size: 1}}
	}
	return a
}

// resident is the memory that a process and those that it started really have, in
// bytes; 0 when it is gone.
func resident(pid int) int64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		return 0
	}
	var size, pages int64
	if _, err := fmt.Sscan(string(text), &size, &pages); err != nil {
		return 0
	}
	all := pages * int64(os.Getpagesize())
	tasks, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid)) // the pattern is one
	for _, name := range tasks {
		children, _ := os.ReadFile(name) // of a thread that has ended: none
		for child := range strings.FieldsSeq(string(children)) {
			if pid, err := strconv.Atoi(child); err == nil {
				all += resident(pid)
			}
		}
	}
	return all
}

// peak is the most memory that an ended process had, in bytes.
func peak(usage *syscall.Rusage) int64 { return usage.Maxrss << 10 }
