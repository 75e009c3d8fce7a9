//go:build unix && !linux

package extract

import (
	"runtime/debug"
	"syscall"
)

// confine gives up what a child does not need. Other systems than Linux have no more
// than this: no network of its own, no landlock, no limit on memory but a soft one.
func confine(s setup) (missing []string, err error) {
	debug.SetMemoryLimit(s.Memory * 3 / 4)
	return []string{"files", "memory", "network"}, syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{})
}
