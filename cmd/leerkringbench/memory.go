package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// memory is what processes hold, in bytes.
type memory struct{ server, all int64 }

// watchMemory looks at a process and its descendants until the function that it
// gives is called, which gives the most that they held.
func watchMemory(pid int) (most func() memory) {
	stop, done := make(chan struct{}), make(chan memory)
	go func() {
		var m memory
		for {
			server, all := memoryOf(pid), int64(0)
			for _, p := range descendants(pid) {
				all += memoryOf(p)
			}
			m = memory{server: max(m.server, server), all: max(m.all, server+all)}
			select {
			case <-stop:
				done <- m
				return
			case <-time.After(50 * time.Millisecond):
			}
		}
	}()
	return func() memory { close(stop); return <-done }
}

// memoryOf gives what a process holds of its own, in bytes: what it shares, like the
// text of the program, is counted for each.
func memoryOf(pid int) int64 {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		return 0
	}
	var size, resident int64
	_, _ = fmt.Sscan(string(b), &size, &resident)
	return resident * int64(os.Getpagesize())
}

// descendants gives the processes that a process started, and those started.
func descendants(pid int) (all []int) {
	children := map[int][]int{}
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, name := range stats {
		b, err := os.ReadFile(name)
		if err != nil {
			continue // it ended meanwhile
		}
		id, _ := strconv.Atoi(filepath.Base(filepath.Dir(name)))
		_, rest, _ := bytes.Cut(b, []byte(") ")) // the name before it may hold anything but this
		if fields := strings.Fields(string(rest)); len(fields) > 1 {
			parent, _ := strconv.Atoi(fields[1])
			children[parent] = append(children[parent], id)
		}
	}
	for next := children[pid]; len(next) > 0; next = next[1:] {
		all = append(all, next[0])
		next = append(next, children[next[0]]...)
	}
	return all
}
