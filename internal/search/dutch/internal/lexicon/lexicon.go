// Package lexicon is the word list as the program carries it: a finite state
// transducer that maps a folded word to a line of a table of readings.
//
// The invariant: what Write puts down is what Load reads, byte for byte the same
// for the same words, so that the list can be kept under version control.
package lexicon

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/blevesearch/vellum"
)

// Flags tell what is known of a word; a word can be several things at once.
type Flags uint32

// The flags. Those of a form say what its base is too: lopen and liep are verbs.
const (
	Base         Flags = 1 << iota // a form that others are derived of: huis, lopen, groot
	Inflected                      // a form of another word: huizen, liep, grote
	Noun                           // a noun
	Verb                           // a verb
	Adjective                      // an adjective
	Name                           // written with a capital: a person, a place, an organisation
	Abbreviation                   // written in capitals or with full stops: VNG, o.a.
	Plural                         // a plural of a noun
	Diminutive                     // a diminutive of a noun
	Root                           // the first person of a verb: loop, ontwikkel
	Begin                          // the first part of compounds
	End                            // the last part of compounds
	LinkS                          // takes -s- as the first part of a compound: arbeid, woning
	Bound                          // stands in compounds only: kinder, elektro
	English                        // in the English list, not in the Dutch one
)

// Entry is what the list says of one word.
type Entry struct {
	Flags Flags
	cut   int    // bytes at the end of the word that its lemma has not
	add   string // what the lemma has in their place
}

// Is tells whether the word has one of the flags.
func (e Entry) Is(f Flags) bool { return e.Flags&f != 0 }

// Lemma gives the word that stands for the whole family of a folded word that has
// this entry: huis for huizen. Every word of a family has the same one.
func (e Entry) Lemma(folded string) string {
	if e.cut == 0 && e.add == "" {
		return folded
	}
	return folded[:len(folded)-e.cut] + e.add
}

// Words is the list, for many goroutines.
type Words struct {
	fst      *vellum.FST
	readings []Entry
	readers  sync.Pool // of *vellum.Reader
}

// Load opens a list without copying it.
func Load(transducer []byte, readings string) (*Words, error) {
	fst, err := vellum.Load(transducer)
	if err != nil {
		return nil, fmt.Errorf("the transducer: %w", err)
	}
	out := &Words{fst: fst, readings: make([]Entry, 0, strings.Count(readings, "\n"))}
	for line := range strings.Lines(readings) {
		e, err := parse(strings.TrimSuffix(line, "\n"))
		if err != nil {
			return nil, fmt.Errorf("reading %q: %w", line, err)
		}
		out.readings = append(out.readings, e)
	}
	return out, nil
}

// parse reads a line of the table: flags in hexadecimal, how many bytes to cut,
// and what to add.
func parse(line string) (Entry, error) {
	f := strings.Split(line, " ")
	if len(f) != 3 {
		return Entry{}, errors.New("it has no three fields")
	}
	bits, err := strconv.ParseUint(f[0], 16, 32)
	if err != nil {
		return Entry{}, err
	}
	cut, err := strconv.ParseUint(f[1], 10, 8)
	if err != nil {
		return Entry{}, err
	}
	return Entry{Flags: Flags(bits), cut: int(cut), add: f[2]}, nil
}

// String is a line of the table of readings.
func (e Entry) String() string { return fmt.Sprintf("%x %d %s", uint32(e.Flags), e.cut, e.add) }

// Len is the number of words.
func (w *Words) Len() int { return w.fst.Len() }

// Find looks up a folded word.
func (w *Words) Find(folded string) (Entry, bool) {
	r, _ := w.readers.Get().(*vellum.Reader)
	if r == nil {
		var err error
		if r, err = w.fst.Reader(); err != nil {
			return Entry{}, false
		}
	}
	defer w.readers.Put(r)
	value, ok, err := r.Get([]byte(folded))
	if err != nil || !ok {
		return Entry{}, false
	}
	return w.readings[value], true
}

// Prefixes gives every word of the list that a folded text begins with, shortest
// first, with where it ends, in one walk.
func (w *Words) Prefixes(folded string, yield func(end int, e Entry)) {
	addr, value := w.fst.Start(), uint64(0)
	for i := range len(folded) {
		next, out := w.fst.AcceptWithVal(addr, folded[i])
		if !w.fst.CanMatch(next) {
			return
		}
		addr, value = next, value+out
		if final, rest := w.fst.IsMatchWithVal(addr); final {
			yield(i+1, w.readings[value+rest])
		}
	}
}

// Within gives every word of the list that an automaton accepts, in the order of
// the alphabet.
func (w *Words) Within(accept vellum.Automaton, yield func(folded string, e Entry)) {
	it, err := w.fst.Search(accept, nil, nil)
	for err == nil {
		word, value := it.Current()
		yield(string(word), w.readings[value])
		err = it.Next()
	}
}
