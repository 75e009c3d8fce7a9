package extract

import (
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// TestMemoryOfHostileFiles reads hostile files eight at once, and looks at the memory of
// this process and of its children:
//
//	LEERKRING_HOSTILE=DIR go test -v -run MemoryOfHostile ./internal/extract
func TestMemoryOfHostileFiles(t *testing.T) {
	dir := os.Getenv("LEERKRING_HOSTILE")
	if dir == "" {
		t.Skip("LEERKRING_HOSTILE is not set: there are no hostile files")
	}
	x := opening(t, Config{Cache: compiled(t)})
	names := make(chan string)
	var readers sync.WaitGroup
	for range 8 {
		readers.Go(func() {
			for name := range names {
				readFile(t, x, name)
			}
		})
	}
	most, ended := make(chan int64), make(chan struct{})
	go func() {
		var high int64
		tick := time.NewTicker(watchEvery)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				high = max(high, resident(os.Getpid()))
			case <-ended:
				most <- high
				return
			}
		}
	}()
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			names <- name
		}
		return err
	})
	close(names)
	readers.Wait()
	close(ended)
	high := <-most
	t.Logf("at most %d MB together", high>>20)
	if err != nil || high > 1_000_000_000 {
		t.Errorf("%d bytes, %v", high, err)
	}
}
