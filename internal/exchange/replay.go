package exchange

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"slices"

	"leerkring/internal/kb"
)

// version is one line of an export.
type version struct {
	line   int
	record kb.Record
	err    error
}

// replay puts the versions of an export into the store exactly as they were. A
// version that is there already is left alone; one that is there with other
// content is refused.
func (im *importer) replay(ctx context.Context, in *bufio.Reader) error {
	lines := &lineReader{in: in}
	if err := readHeader(lines); err != nil {
		return err
	}
	total := 0
	for {
		batch, trailer, broken := readVersions(lines)
		total += len(batch)
		if err := im.replayBatch(ctx, batch); err != nil {
			return err
		}
		im.opts.Progress(im.report)
		if broken != nil {
			return broken
		}
		if trailer == nil {
			continue
		}
		if trailer.Records != total {
			return kb.Errorf(kb.Invalid, kb.Text{
				NL: "Deze export is niet volledig: er horen %d regels in en het zijn er %d. Maak de export opnieuw.",
				EN: "This export is not complete: it should hold %d lines and holds %d. Make the export again.",
			}, trailer.Records, total)
		}
		return nil
	}
}

func readHeader(lines *lineReader) error {
	text, err := lines.next()
	if err != nil {
		return fileError(err, 0)
	}
	var h exportHeader
	if err := json.Unmarshal(text, &h); err != nil || h.Leerkring != exportFormat {
		return kb.Wrap(err, kb.Invalid, kb.Text{
			NL: "Deze export is van een nieuwere of onbekende versie. Werk Leerkring bij.",
			EN: "This export is of a newer or unknown version. Update Leerkring.",
		})
	}
	return nil
}

// readVersions reads a batch. trailer is set at the end of the export, broken
// when there is no end.
func readVersions(lines *lineReader) (batch []version, trailer *exportTrailer, broken error) {
	for size := 0; len(batch) < batchRecords && size < batchBytes; {
		text, err := lines.next()
		if err == io.EOF {
			return batch, nil, kb.Errorf(kb.Invalid, kb.Text{
				NL: "Deze export is afgebroken na regel %d: het einde ontbreekt. Wat erin stond is verwerkt. Maak de export opnieuw.",
				EN: "This export is cut off after line %d: its end is missing. What it held was processed. Make the export again.",
			}, lines.line)
		}
		if err != nil && kb.CodeOf(err) != kb.TooLarge {
			return batch, nil, fileError(err, lines.line)
		}
		if err == nil && bytes.HasPrefix(text, []byte(`{"end":`)) {
			t := &exportTrailer{}
			if json.Unmarshal(text, t) == nil {
				return batch, t, nil
			}
		}
		size += len(text)
		v := version{line: lines.line, err: err}
		if err == nil {
			v.record, v.err = readVersion(text)
		}
		batch = append(batch, v)
	}
	return batch, nil, nil
}

// readVersion reads and checks one line: an export is foreign input like any other.
func readVersion(text []byte) (kb.Record, error) {
	var r kb.Record
	if err := json.Unmarshal(text, &r); err != nil {
		return r, kb.Wrap(err, kb.Invalid, kb.Text{NL: "De regel is geen volledig record.", EN: "The line is not a complete record."})
	}
	live, copy, err := kb.DecodeRecord(r)
	if err != nil {
		return r, kb.Wrap(err, kb.Invalid, kb.Text{NL: "De inhoud van het record is niet te lezen.", EN: "The content of the record cannot be read."})
	}
	_, known := kb.New(r.Kind)
	if !known || !r.ID.Valid() || r.Version < 1 || r.Deleted == (live != nil) || r.Deleted && copy != nil {
		return r, kb.Errorf(kb.Invalid, kb.Text{NL: "Dit is geen versie van een record.", EN: "This is not a version of a record."})
	}
	var keys []string
	for _, e := range []kb.Entity{live, copy} {
		if e == nil {
			continue
		}
		if err := kb.Validate(e); err != nil {
			return r, err
		}
		if e.Base().ID != r.ID {
			return r, kb.Errorf(kb.Invalid, kb.Text{NL: "De inhoud hoort bij een ander kenmerk (id).", EN: "The content belongs to another id."})
		}
		keys = append(keys, kb.Keys(e)...)
	}
	slices.Sort(keys)
	if !slices.Equal(slices.Compact(keys), r.Keys) {
		return r, kb.Errorf(kb.Invalid, kb.Text{NL: "De unieke namen van het record kloppen niet met de inhoud.", EN: "The unique keys of the record do not match its content."})
	}
	return r, nil
}

// replayBatch puts what the store does not have yet and compares what it has.
func (im *importer) replayBatch(ctx context.Context, batch []version) error {
	ids := make([]kb.ID, 0, len(batch))
	for _, v := range batch {
		if v.err == nil {
			ids = append(ids, v.record.ID)
		}
	}
	slices.Sort(ids)
	current, err := im.store.Get(ctx, slices.Compact(ids))
	if err != nil {
		return err
	}
	var records []kb.Record
	for _, v := range batch {
		if v.err == nil && v.record.Version > current[v.record.ID].Version {
			records = append(records, v.record)
		}
		if v.err != nil && im.opts.Strict {
			break
		}
	}
	results, err := im.store.Put(ctx, records)
	if err != nil {
		return err
	}
	for _, v := range batch {
		res := kb.Result{Err: v.err}
		if v.err == nil && v.record.Version > current[v.record.ID].Version {
			res, results = results[0], results[1:]
		}
		if err := im.replayed(ctx, v, res); err != nil {
			return err
		}
	}
	return nil
}

// replayed counts one version. A result without a number was not written now:
// the version is there already, or another one is.
func (im *importer) replayed(ctx context.Context, v version, res kb.Result) error {
	code := kb.CodeOf(res.Err)
	switch {
	case v.err != nil || code == kb.KeyTaken || code == kb.TooLarge:
		return im.refuse(v.line, res.Err)
	case code != "" && code != kb.Conflict:
		return res.Err
	case res.Seq > 0:
		im.report.Created++
		im.report.Last = max(im.report.Last, res.Seq)
		return nil
	}
	have, err := im.store.Revisions(ctx, v.record.ID, v.record.Version+1, 1)
	if err != nil {
		return err
	}
	if len(have) == 1 && sameVersion(have[0], v.record) {
		im.report.Unchanged++
		return nil
	}
	return im.refuse(v.line, kb.Errorf(kb.Conflict, kb.Text{
		NL: "Versie %d van record %s staat hier al met andere inhoud, of een eerdere versie ontbreekt. Importeer een export in een lege opslag.",
		EN: "Version %d of record %s is here already with other content, or an earlier version is missing. Import an export into an empty store.",
	}, v.record.Version, v.record.ID))
}

func sameVersion(a, b kb.Record) bool {
	return a.ID == b.ID && a.Kind == b.Kind && a.Version == b.Version && a.At.Equal(b.At) && a.By == b.By &&
		a.Deleted == b.Deleted && slices.Equal(a.Keys, b.Keys) && bytes.Equal(a.Live, b.Live) && bytes.Equal(a.Copy, b.Copy)
}
