package blobtest

import (
	"bytes"
	"fmt"
	"io"
	"sync"
	"testing"

	"leerkring/internal/kb"
)

// silent is an Append whose client says nothing more after its first bytes.
type silent struct {
	pipe *io.PipeWriter
	size int64
	err  error
	done chan struct{}
}

// beginSilent starts an Append and waits until its first bytes were read.
func beginSilent(t *testing.T, b kb.Blobs, stage kb.ID, first []byte) *silent {
	t.Helper()
	r, w := io.Pipe()
	s := &silent{pipe: w, done: make(chan struct{})}
	go func() {
		defer close(s.done)
		s.size, s.err = b.Append(t.Context(), stage, 0, r)
		_ = r.Close()
	}()
	if _, err := w.Write(first); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(nil); err != nil { // is read after the first bytes were dealt with
		t.Fatal(err)
	}
	return s
}

// speak ends the silence and gives the outcome.
func (s *silent) speak(more []byte) (int64, error) {
	_, _ = s.pipe.Write(more) // it may have ended
	_ = s.pipe.Close()
	<-s.done
	return s.size, s.err
}

// testOvertaken: a client comes back while its first connection hangs. It goes on where
// Staged says, at once, and what the first one still has to say changes nothing.
func testOvertaken(t *testing.T, fresh Fresh) {
	b := opened(t, fresh)
	first := beginSilent(t, b, id("s"), []byte("abc"))
	at, err := b.Staged(t.Context(), id("s"))
	if err != nil || at != 0 && at != 3 {
		t.Fatalf("Staged: %d, %v", at, err)
	}
	add(t, b, id("s"), int(at), []byte("abcdef")[at:])
	_, err = first.speak([]byte("XYZ"))
	code(t, "the first", err, kb.Conflict)
	commit(t, b, id("s"), []byte("abcdef"))
	has(t, b, []byte("abcdef"))
}

func testCommitOvertakes(t *testing.T, fresh Fresh) {
	b := opened(t, fresh)
	first := beginSilent(t, b, id("s"), nil)
	commit(t, b, id("s"), nil)
	_, err := first.speak([]byte("more"))
	code(t, "Append", err, kb.Conflict)
	has(t, b, nil)
	if got := walked(t, b); len(got) != 1 {
		t.Errorf("Walk: %v", got)
	}
}

func testDiscardOvertakes(t *testing.T, fresh Fresh) {
	b := opened(t, fresh)
	first := beginSilent(t, b, id("s"), []byte("abc"))
	if err := b.Discard(t.Context(), id("s")); err != nil {
		t.Fatal(err)
	}
	_, err := first.speak([]byte("more"))
	code(t, "Append", err, kb.Conflict)
	if got := walked(t, b); len(got) != 0 {
		t.Errorf("Walk: %v", got)
	}
}

// testRace: many at once; one of them wrote all there is.
func testRace(t *testing.T, fresh Fresh) {
	b := opened(t, fresh)
	const racers = 8
	texts, errs := make([][]byte, racers), make([]error, racers)
	var all sync.WaitGroup
	for i := range racers {
		texts[i] = random(uint64(100+i), 300_000)
		all.Go(func() { _, errs[i] = b.Append(t.Context(), id("s"), 0, bytes.NewReader(texts[i])) })
	}
	all.Wait()
	winner := -1
	for i, err := range errs {
		switch {
		case err == nil && winner >= 0:
			t.Fatalf("both %d and %d won", winner, i)
		case err == nil:
			winner = i
		default:
			code(t, fmt.Sprint("racer ", i), err, kb.Conflict)
		}
	}
	if winner < 0 {
		t.Fatal("nobody won")
	}
	commit(t, b, id("s"), texts[winner])
	has(t, b, texts[winner])
}

// testRaceToCommit: equal bytes at once from many stages are one blob.
func testRaceToCommit(t *testing.T, fresh Fresh) {
	b := opened(t, fresh)
	data := random(7, 50_000)
	var all sync.WaitGroup
	for i := range 8 {
		stage := id(fmt.Sprint("s", i))
		add(t, b, stage, 0, data)
		all.Go(func() {
			if name, size, err := b.Commit(t.Context(), stage); err != nil || name != sum(data) || size != int64(len(data)) {
				t.Errorf("Commit: %s, %d, %v", name, size, err)
			}
		})
	}
	all.Wait()
	has(t, b, data)
	if got := walked(t, b); len(got) != 1 {
		t.Errorf("Walk: %v", got)
	}
}
