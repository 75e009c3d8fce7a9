//go:build unix && !linux

package extract

import "syscall"

// attributes are those of a child: a group of its own.
func attributes(bool) *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }

// resident is not known here.
func resident(int) int64 { return 0 }

// peak is the most memory that an ended process had, in bytes.
func peak(usage *syscall.Rusage) int64 { return usage.Maxrss }
