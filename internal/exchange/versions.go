package exchange

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"iter"

	"leerkring/internal/kb"
)

// maxVersion is the most bytes that a line of an export may have: twice the largest
// record that a store takes.
const maxVersion = 32 << 20

// Versions gives what Export wrote, version by version, and holds it against no rule but
// that it is a whole export: it is for putting back what a store held, whatever the rules
// were then. It ends with Invalid where the text is no export or lacks its end, and with
// the error of the reader.
func Versions(r io.Reader) iter.Seq2[kb.Record, error] {
	return func(yield func(kb.Record, error) bool) {
		lines := bufio.NewScanner(r)
		lines.Buffer(nil, maxVersion)
		var h exportHeader
		if !lines.Scan() || json.Unmarshal(lines.Bytes(), &h) != nil || h.Leerkring != exportFormat {
			yield(kb.Record{}, noExport(lines.Err(), 0))
			return
		}
		for n := 0; lines.Scan(); n++ {
			var end exportTrailer
			if bytes.HasPrefix(lines.Bytes(), []byte(`{"end":`)) && json.Unmarshal(lines.Bytes(), &end) == nil {
				if end.Records != n || lines.Scan() {
					yield(kb.Record{}, noExport(errors.New("its end tells another number of versions"), n))
				}
				return
			}
			var record kb.Record
			if err := json.Unmarshal(lines.Bytes(), &record); err != nil || !record.ID.Valid() {
				yield(record, noExport(err, n))
				return
			}
			if !yield(record, nil) {
				return
			}
		}
		yield(kb.Record{}, noExport(lines.Err(), -1))
	}
}

// noExport tells after how many versions a text was no export any more, -1 when it just
// ended.
func noExport(cause error, n int) error {
	if n < 0 {
		return kb.Wrap(cause, kb.Invalid, kb.Text{NL: "Deze export is afgebroken: het einde ontbreekt.", EN: "This export is cut off: its end is missing."})
	}
	return kb.Wrap(cause, kb.Invalid, kb.Text{
		NL: "Na versie %d is dit geen export meer.",
		EN: "After version %d this is no export any more.",
	}, n)
}
