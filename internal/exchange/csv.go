package exchange

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"hash/maphash"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"leerkring/internal/kb"
)

// csvRows reads CSV with a header. A row that is not UTF-8 is taken for
// Windows-1252, what spreadsheets in the Netherlands write.
type csvRows struct {
	in     *csv.Reader
	budget *budgetReader
	names  []string
	seed   maphash.Seed
	line   int // where the last row began
	before int // lines before the header
}

func newCSVRows(in *bufio.Reader) (rows, error) {
	head, _ := in.Peek(in.Size()) // what is wrong with reading, the first row tells
	comma, size := declared(head)
	if size == 0 {
		comma = separator(head)
	}
	_, _ = in.Discard(size) // it was peeked at
	b := &budgetReader{in: in, left: MaxLine}
	c := &csvRows{in: csv.NewReader(b), budget: b, seed: maphash.MakeSeed(), before: bytes.Count(head[:size], []byte("\n"))}
	c.in.Comma = comma
	c.in.FieldsPerRecord = -1
	c.in.ReuseRecord = true
	names, err := c.in.Read()
	if err != nil {
		return nil, c.broken(err)
	}
	for _, n := range toUTF8(names) {
		c.names = append(c.names, strings.TrimSpace(n))
	}
	return c, nil
}

// declared reads the line "sep=;" by which a spreadsheet program says the separator,
// and gives its size in bytes; 0 when there is none.
func declared(head []byte) (comma rune, size int) {
	first, _, ended := bytes.Cut(head, []byte("\n"))
	text := strings.Trim(strings.ToLower(strings.TrimSuffix(string(first), "\r")), `"`)
	value, ok := strings.CutPrefix(text, "sep=")
	if !ended || !ok || len(value) != 1 || !strings.Contains(",;\t|", value) {
		return 0, 0
	}
	return rune(value[0]), len(first) + 1
}

// separator gives the one of comma, semicolon and tab that stands most often in
// the first line, outside quotes.
func separator(head []byte) rune {
	counts := map[rune]int{}
	quoted := false
	for _, ch := range string(head) {
		if ch == '"' {
			quoted = !quoted
		}
		if ch == '\n' && !quoted {
			break
		}
		if !quoted {
			counts[ch]++
		}
	}
	best := ','
	for _, ch := range ";\t" {
		if counts[ch] > counts[best] {
			best = ch
		}
	}
	return best
}

func (c *csvRows) next() (row, error) {
	for {
		c.budget.left = MaxLine
		cells, err := c.in.Read()
		if err == io.EOF {
			return row{}, io.EOF
		}
		if parse, ok := errors.AsType[*csv.ParseError](err); ok {
			c.line = c.before + parse.StartLine
			return row{line: c.line, err: kb.Wrap(err, kb.Invalid, kb.Text{
				NL: "De aanhalingstekens kloppen niet: een tekst met een aanhalingsteken erin staat tussen aanhalingstekens, en het teken zelf dubbel.",
				EN: "The quotes do not match: a text with a quote in it stands between quotes, with the quote itself doubled.",
			})}, nil
		}
		if err != nil {
			return row{}, c.broken(err)
		}
		at, _ := c.in.FieldPos(0)
		c.line = c.before + at
		if r := c.row(toUTF8(cells)); len(r.fields) > 0 || r.err != nil {
			return r, nil
		}
	}
}

func (c *csvRows) broken(err error) error {
	if kb.CodeOf(err) == kb.TooLarge {
		return err
	}
	if err == io.EOF {
		return kb.Errorf(kb.Invalid, kb.Text{NL: "Het bestand is leeg.", EN: "The file is empty."})
	}
	return fileError(err, c.line)
}

// row pairs cells with column names; empty cells are left out, and of two
// columns with one name the first that says something counts.
func (c *csvRows) row(cells []string) row {
	r := row{line: c.line, fields: make(map[string]any, len(c.names))}
	var h maphash.Hash
	h.SetSeed(c.seed)
	for i, cell := range cells {
		r.size += len(cell)
		_, _ = h.WriteString(cell) // a maphash takes everything
		_ = h.WriteByte(0)
		cell = strings.TrimSpace(cell)
		if cell == "" {
			continue
		}
		if i >= len(c.names) {
			r.err = kb.Errorf(kb.Invalid, kb.Text{
				NL: "De rij heeft meer cellen (%d) dan er kolommen zijn (%d).",
				EN: "The row has more cells (%d) than there are columns (%d).",
			}, len(cells), len(c.names))
			break
		}
		if name := c.names[i]; name != "" && r.fields[name] == nil {
			r.fields[name] = cell
		}
	}
	r.sum = h.Sum64()
	return r
}

func toUTF8(cells []string) []string {
	out := make([]string, len(cells))
	valid := true
	for i, s := range cells {
		out[i] = s
		valid = valid && utf8.ValidString(s)
	}
	if valid {
		return out
	}
	for i, s := range out {
		// Windows-1252 gives every byte a meaning or U+FFFD; it cannot fail.
		out[i], _ = charmap.Windows1252.NewDecoder().String(s)
	}
	return out
}

// budgetReader ends a row that never ends, such as one whose quote is not closed.
type budgetReader struct {
	in   *bufio.Reader
	left int
}

func (b *budgetReader) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, kb.Errorf(kb.TooLarge, kb.Text{
			NL: "Een rij is langer dan %d MiB; waarschijnlijk ontbreekt een aanhalingsteken.",
			EN: "A row is longer than %d MiB; probably a quote is missing.",
		}, MaxLine>>20)
	}
	n, err := b.in.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}

// sniffExport reports whether a text begins with the header of an export.
func sniffExport(in *bufio.Reader) bool {
	head, _ := in.Peek(len(exportMark))
	return bytes.Equal(head, []byte(exportMark))
}
