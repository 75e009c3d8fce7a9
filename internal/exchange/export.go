package exchange

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"

	"leerkring/internal/kb"
)

// exportMark begins every export; what follows it may grow.
const exportMark = `{"leerkring":`

// exportFormat is the version of the format that Export writes.
const exportFormat = 1

// exportHeader is the first line of an export.
type exportHeader struct {
	Leerkring int `json:"leerkring"`
}

// exportTrailer is the last line: without it an export is not complete.
type exportTrailer struct {
	End     bool `json:"end"`
	Records int  `json:"records"` // versions of records
}

// exportStep is how many writes are read from the store at a time.
const exportStep = 1_000

// Export writes every version of every record in the order in which they were
// written, up to the last write at the time of the call, as JSON Lines. Equal
// stores give equal bytes. It answers how many versions it wrote.
func Export(ctx context.Context, store kb.Store, w io.Writer) (int, error) {
	last, err := store.Last(ctx)
	if err != nil {
		return 0, err
	}
	out := bufio.NewWriterSize(w, 256<<10)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(exportHeader{Leerkring: exportFormat}); err != nil {
		return 0, writeError(err)
	}
	n, at := 0, kb.Seq(0)
	for at < last {
		step, err := store.Log(ctx, at, exportStep)
		if err != nil {
			return n, err
		}
		if step.Position <= at {
			return n, kb.Errorf(kb.Damaged, kb.Text{
				NL: "De opslag mist schrijfacties na nummer %d. Draai eerst: leerkring verify",
				EN: "The store misses writes after number %d. First run: leerkring verify",
			}, at)
		}
		for _, r := range step.Records {
			if r.Seq > last {
				break
			}
			if err := writeRecord(out, r); err != nil {
				return n, err
			}
			n++
		}
		at = step.Position
	}
	if err := enc.Encode(exportTrailer{End: true, Records: n}); err != nil {
		return n, writeError(err)
	}
	if err := out.Flush(); err != nil {
		return n, writeError(err)
	}
	return n, nil
}

// writeRecord writes one version. It is encoded first, to tell a record that
// cannot be from a disk that takes no more.
func writeRecord(out *bufio.Writer, r kb.Record) error {
	var line bytes.Buffer
	enc := json.NewEncoder(&line)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(r); err != nil {
		return kb.Wrap(err, kb.Damaged, kb.Text{
			NL: "Versie %[2]d van record %[1]s is beschadigd. Draai eerst: leerkring verify",
			EN: "Version %[2]d of record %[1]s is damaged. First run: leerkring verify",
		}, r.ID, r.Version)
	}
	if _, err := out.Write(line.Bytes()); err != nil {
		return writeError(err)
	}
	return nil
}

func writeError(err error) error {
	return kb.Wrap(err, kb.Unavailable, kb.Text{
		NL: "De export is niet weg te schrijven. Is er ruimte, en mag u daar schrijven?",
		EN: "The export cannot be written. Is there space, and may you write there?",
	})
}
