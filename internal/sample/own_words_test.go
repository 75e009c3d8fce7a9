package sample_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"leerkring/internal/sample"
)

// passage is the number of words in a row that are taken as copied: official
// Dutch shares many shorter ones.
const passage = 10

// eachPassage calls f for every row of so many words of a text, in lower case and
// without what stands between the words. f must not keep the bytes.
func eachPassage(text string, f func([]byte)) {
	var words []byte // the words so far, a space after each
	var starts []int
	for word := range strings.FieldsFuncSeq(text, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }) {
		starts = append(starts, len(words))
		words = append(append(words, strings.ToLower(word)...), ' ')
		if n := len(starts); n >= passage {
			f(words[starts[n-passage]:])
		}
	}
}

// ownPassages gives every passage of the collection with a record that has it.
func ownPassages(t *testing.T) map[string]string {
	t.Helper()
	own := map[string]string{}
	for line := range bytes.Lines(sample.Collection()) {
		var fields map[string]any
		if err := json.Unmarshal(line, &fields); err != nil {
			t.Fatal(err)
		}
		name, _ := fields["id"].(string)
		eachString(fields, func(s string) {
			eachPassage(s, func(p []byte) { own[string(p)] = name })
		})
	}
	return own
}

// eachString calls f for every text in a JSON value.
func eachString(v any, f func(string)) {
	switch v := v.(type) {
	case string:
		f(v)
	case []any:
		for _, e := range v {
			eachString(e, f)
		}
	case map[string]any:
		for _, e := range v {
			eachString(e, f)
		}
	}
}

// TestNothingIsCopied reads all texts of the shared test data for a passage that
// the collection has too.
func TestNothingIsCopied(t *testing.T) {
	dir := testdata(t)
	own := ownPassages(t)
	files := []string{
		filepath.Join(dir, "corpus", "seed.jsonl"),
		filepath.Join(dir, "corpus", "passages_100k.jsonl.gz"),
	}
	sets, err := filepath.Glob(filepath.Join(dir, "ir", "*", "corpus.jsonl.gz"))
	if err != nil || len(sets) == 0 {
		t.Fatalf("no retrieval sets in %s: %v", dir, err)
	}
	for _, name := range append(files, sets...) {
		t.Run(filepath.Base(filepath.Dir(name)), func(t *testing.T) {
			texts := eachLine(t, name, func(text string) {
				eachPassage(text, func(p []byte) {
					if record, copied := own[string(p)]; copied {
						t.Errorf("%s has in common: %s", record, p)
					}
				})
			})
			if texts == 0 {
				t.Errorf("no text in %s", name)
			}
		})
	}
}

// testdata gives the folder of the shared test data, or skips.
func testdata(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("LEERKRING_TESTDATA")
	if dir == "" && os.Getenv("LEERKRING_REQUIRE_TOOLS") == "1" {
		t.Fatal("LEERKRING_TESTDATA is not set")
	}
	if dir == "" {
		t.Skip("LEERKRING_TESTDATA is not set: the shared test data is not here")
	}
	return dir
}

// eachLine calls f with the text of every line of a JSON Lines file and counts them.
func eachLine(t *testing.T, name string, f func(text string)) (texts int) {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var in io.Reader = file
	if strings.HasSuffix(name, ".gz") {
		if in, err = gzip.NewReader(file); err != nil {
			t.Fatal(err)
		}
	}
	lines := json.NewDecoder(bufio.NewReader(in))
	for {
		var line struct{ Body, Text string }
		err := lines.Decode(&line)
		if errors.Is(err, io.EOF) {
			return texts
		}
		if err != nil {
			t.Fatal(err)
		}
		if text := line.Body + line.Text; text != "" {
			texts++
			f(text)
		}
	}
}

func TestPassages(t *testing.T) {
	var got []string
	eachPassage("Een, twee; DRIE vier-vijf zes (zeven) acht negen tien. Elf", func(p []byte) { got = append(got, string(p)) })
	want := []string{"een twee drie vier vijf zes zeven acht negen tien ", "twee drie vier vijf zes zeven acht negen tien elf "}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("got %q, want %q", got, want)
	}
}
