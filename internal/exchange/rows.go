package exchange

import (
	"bufio"
	"bytes"
	"encoding/json"
	"hash/maphash"
	"io"
	"unicode/utf8"

	"leerkring/internal/kb"
)

// row is one record of a foreign file as it came: names and values.
type row struct {
	line   int
	fields map[string]any
	sum    uint64 // of the content, to tell two rows of one run apart
	size   int    // bytes
	// err says why this row is unusable; the rows after it are not affected.
	err error
}

// rows reads a foreign file; io.EOF ends it, any other error breaks it off.
type rows interface {
	next() (row, error)
}

// openRows sees by the content what a file is.
func openRows(in *bufio.Reader) (rows, error) {
	head, err := in.Peek(in.Size())
	if len(head) == 0 && err != nil && err != io.EOF {
		return nil, fileError(err, 0)
	}
	start := bytes.TrimLeft(head, " \t\r\n")
	switch {
	case len(start) == 0:
		return nil, kb.Errorf(kb.Invalid, kb.Text{NL: "Het bestand is leeg.", EN: "The file is empty."})
	case start[0] == '{':
		return &jsonRows{lines: lineReader{in: in}, seed: maphash.MakeSeed()}, nil
	case start[0] == '[':
		return nil, kb.Errorf(kb.Invalid, kb.Text{
			NL: "Dit is één JSON-lijst. Zet elk record op een eigen regel (JSON Lines), bijvoorbeeld met: jq -c '.[]' bestand.json",
			EN: "This is one JSON array. Put each record on a line of its own (JSON Lines), for example with: jq -c '.[]' file.json",
		})
	case bytes.IndexByte(head, 0) >= 0 || bytes.HasPrefix(start, []byte("%PDF")):
		return nil, kb.Errorf(kb.Invalid, kb.Text{
			NL: "Dit is geen tekstbestand. Importeren kan uit JSON Lines en CSV (ook met gzip); bewaar een werkblad eerst als CSV.",
			EN: "This is not a text file. JSON Lines and CSV can be imported (also gzipped); save a spreadsheet as CSV first.",
		})
	}
	return newCSVRows(in)
}

// jsonRows reads JSON Lines.
type jsonRows struct {
	lines lineReader
	seed  maphash.Seed
}

func (j *jsonRows) next() (row, error) {
	for {
		text, err := j.lines.next()
		if kb.CodeOf(err) == kb.TooLarge {
			return row{line: j.lines.line, err: err}, nil
		}
		if err == io.EOF {
			return row{}, io.EOF
		}
		if err != nil {
			return row{}, fileError(err, j.lines.line)
		}
		if text = bytes.TrimSpace(text); len(text) > 0 {
			return j.parse(text), nil
		}
	}
}

func (j *jsonRows) parse(text []byte) row {
	r := row{line: j.lines.line, sum: maphash.Bytes(j.seed, text), size: len(text)}
	if !utf8.Valid(text) {
		r.err = kb.Errorf(kb.Invalid, kb.Text{NL: "De regel is geen geldige UTF-8-tekst.", EN: "The line is not valid UTF-8 text."})
		return r
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber() // an id of twenty digits is no floating-point number
	if err := dec.Decode(&r.fields); err != nil || r.fields == nil || dec.InputOffset() < int64(len(text)) {
		r.err = kb.Wrap(err, kb.Invalid, kb.Text{NL: "De regel is geen volledig JSON-object.", EN: "The line is not a complete JSON object."})
	}
	return r
}
