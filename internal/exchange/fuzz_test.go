package exchange_test

import (
	"bytes"
	"testing"

	"leerkring/internal/exchange"
)

// Whatever comes in, the import answers, and importing the same again writes
// nothing: for JSON Lines, CSV, gzip and exports alike.
func FuzzImport(f *testing.F) {
	for _, seed := range []string{
		`{"id":"1","title":"a","themes":["wonen"],"date":"2020"}`,
		"titel;tekst\na;\"b\nc\"\n",
		"\ufeff{\"title\":\"x\",\"type\":\"meeting\",\"programme\":[{}]}\n{",
		"{\"leerkring\":1}\n{\"id\":\"00000000000000000000000000\",\"kind\":\"case\",\"version\":1}\n{\"end\":true,\"records\":1}\n",
		"\x1f\x8b\x08\x00\x00", "\xff\xfe{\x00", "a\tb\n\"", "{\"type\":\"case\",\"title\":\"x\",\"period\":{\"from\":[]},\"partners\":[\"a\"],\"contacts\":1e400}",
	} {
		f.Add([]byte(seed))
	}
	store := open(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, _, err := run(t, store, bytes.NewReader(data), exchange.Options{}); err != nil {
			return // broke off: a message, no panic
		}
		again, _, err := run(t, store, bytes.NewReader(data), exchange.Options{})
		if err != nil || again.Created > 0 || again.Last > 0 {
			t.Errorf("%v %+v", err, again)
		}
	})
}
