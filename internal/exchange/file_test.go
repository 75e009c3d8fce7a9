package exchange_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"leerkring/internal/exchange"
	"leerkring/internal/kb"
)

func TestFilesThatAreNoCollection(t *testing.T) {
	for name, text := range map[string]string{
		"is empty":         "",
		"file is empty":    " \n\n",
		"one JSON array":   `[{"title":"a"}]`,
		"not a text file":  "PK\x03\x04\x00\x00",
		"cut off or damag": "\x1f\x8b\x08",
		"newer or unknown": `{"leerkring":2}`,
	} {
		_, _, err := run(t, open(t), strings.NewReader(text), exchange.Options{})
		if kb.CodeOf(err) != kb.Invalid || !strings.Contains(err.Error(), name) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// A download that broke off: what came before the break is in, and the message
// says from where it is missing.
func TestCutOffGzip(t *testing.T) {
	var text strings.Builder
	for i := range 5_000 {
		fmt.Fprintf(&text, `{"id":"%d","title":"plan %d"}`+"\n", i, i*7919)
	}
	whole := zip(t, text.String())
	store := open(t)
	report, problems, err := run(t, store, bytes.NewReader(whole[:len(whole)*2/3]), exchange.Options{})
	if kb.CodeOf(err) != kb.Invalid || len(problems) > 0 || report.Created < 1_000 || report.Created >= 5_000 {
		t.Fatalf("%v %+v %v", err, report, problems)
	}
	if want := fmt.Sprintf("after line %d", report.Created); !strings.Contains(err.Error(), want) {
		t.Errorf("%v does not say %q", err, want)
	}
	rest, _ := imported(t, store, bytes.NewReader(whole), exchange.Options{})
	if rest.Unchanged != report.Created || rest.Created != 5_000-report.Created {
		t.Errorf("again: %+v", rest)
	}
}

// A bomb: little compressed, one line of 256 MiB inside. It is passed by with a
// message, the line after it is read, and memory stays small.
func TestGzipBomb(t *testing.T) {
	var bomb bytes.Buffer
	w, err := gzip.NewWriterLevel(&bomb, gzip.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(w, `{"title":"`)
	block := bytes.Repeat([]byte("a"), 1<<20)
	for range 256 {
		_, _ = w.Write(block)
	}
	_, _ = io.WriteString(w, "\"}\n{\"title\":\"na de bom\"}\n")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	store := open(t)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	report, problems := imported(t, store, &bomb, exchange.Options{})
	runtime.ReadMemStats(&after)
	if report.Created != 1 || len(problems) != 1 || problems[0].Line != 1 || !strings.Contains(problems[0].Text, "longer than 8 MiB") {
		t.Errorf("%+v %v", report, problems)
	}
	if spent := (after.TotalAlloc - before.TotalAlloc) >> 20; spent > 100 {
		t.Errorf("%d MiB allocated", spent)
	}
}

func TestLineOfExactlyTheLimit(t *testing.T) {
	frame := `{"title":"a","body":"","x":""}`
	fits := strings.Replace(frame, `"x":"`, `"x":"`+strings.Repeat("a", exchange.MaxLine-len(frame)), 1)
	for text, created := range map[string]int{fits: 1, fits + "\n": 1, fits + "\r\n": 1, fits + " \n": 0} {
		report, problems := imported(t, open(t), strings.NewReader(text), exchange.Options{})
		if report.Created != created {
			t.Errorf("%d bytes: %+v %v", len(text), report, problems)
		}
	}
}
