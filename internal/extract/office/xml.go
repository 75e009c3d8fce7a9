package office

import (
	"bufio"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"leerkring/internal/extract/format"
	"leerkring/internal/kb"
)

// errCut ends a reading that has as much text or as many pages as a file may give.
var errCut = errors.New("as much as is read of one file")

// handler is told what a walk over XML comes by. A walk with an empty handler only
// checks that the part is XML.
type handler struct {
	start func(w *walk, e element) error
	end   func(w *walk, name string) error
	text  func(w *walk, b []byte) // b is valid until it returns
}

// element is the beginning of an element, by its local name.
type element struct {
	name  string
	attrs []xml.Attr
}

// attr gives the first attribute with a local name, and no prefix where one of both
// has none: id and r:id may stand in one element.
func (e element) attr(name string) string {
	value, _ := e.lookup(name)
	return value
}

func (e element) lookup(name string) (string, bool) {
	found, value := false, ""
	for _, a := range e.attrs {
		if a.Name.Local == name && (!found || a.Name.Space == "") {
			found, value = true, a.Value
		}
	}
	return value, found
}

// relation gives the attribute with a local name that has a prefix: r:id, r:embed.
func (e element) relation(name string) string {
	for _, a := range e.attrs {
		if a.Name.Local == name && a.Name.Space != "" {
			return a.Value
		}
	}
	return ""
}

// on gives the value of a switch of Office Open XML: on when it is there without a
// value, off when it says so.
func (e element) on() bool {
	switch v, set := e.lookup("val"); v {
	case "0", "false", "off", "none":
		return false
	default:
		return !set || v != ""
	}
}

// walk goes over the tokens of one part.
type walk struct {
	archive *archive
	name    string
	open    []string // local names of the elements around
	skipped int      // depth from which nothing is told; 0 for none
}

// parent is the element around the one that starts now.
func (w *walk) parent() string {
	if len(w.open) < 2 {
		return ""
	}
	return w.open[len(w.open)-2]
}

// depth is how many elements are open, with the one that starts now.
func (w *walk) depth() int { return len(w.open) }

// skip leaves out the element that starts now.
func (w *walk) skip() { w.skipped = len(w.open) }

// walk reads a part of XML. Errors: those of h; BROKEN, also for a document type
// definition, which no writer of documents needs and only attackers use; TOO_LARGE.
func (a *archive) walk(name string, h handler) error {
	r, err := a.open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	source, err := unicodeText(r)
	if err != nil {
		return a.fault(name, err)
	}
	d := xml.NewDecoder(source)
	d.CharsetReader = declared
	w := &walk{archive: a, name: name}
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) && len(w.open) == 0 {
			return nil
		}
		if err != nil {
			return a.fault(name, err)
		}
		if a.tokens--; a.tokens < 0 {
			return format.Problemf(kb.ExtractionTooLarge, "over %d tokens of XML", a.limits.Tokens)
		}
		if err := w.tell(token, h); err != nil {
			return err
		}
	}
}

// fault says what is wrong with a part, keeping the limits' own words.
func (a *archive) fault(name string, err error) error {
	if problem, ok := errors.AsType[*format.Problem](err); ok {
		return problem
	}
	return format.Problemf(kb.ExtractionBroken, "part %q: %v", name, err)
}

func (w *walk) tell(token xml.Token, h handler) error {
	switch t := token.(type) {
	case xml.StartElement:
		w.open = append(w.open, t.Name.Local)
		if len(w.open) > w.archive.limits.Depth {
			return format.Problemf(kb.ExtractionTooLarge, "part %q: elements are over %d deep", w.name, w.archive.limits.Depth)
		}
		if w.skipped == 0 && h.start != nil {
			return h.start(w, element{t.Name.Local, t.Attr})
		}
	case xml.EndElement:
		return w.close(t.Name.Local, h)
	case xml.CharData:
		if w.skipped == 0 && h.text != nil && len(w.open) > 0 {
			h.text(w, t)
		}
	case xml.Directive:
		return format.Problemf(kb.ExtractionBroken, "part %q has a document type definition", w.name)
	}
	return nil
}

func (w *walk) close(name string, h handler) error {
	if len(w.open) == 0 || w.open[len(w.open)-1] != name {
		return format.Problemf(kb.ExtractionBroken, "part %q: </%s> closes nothing", w.name, name)
	}
	told := w.skipped == 0
	if w.skipped == len(w.open) {
		w.skipped = 0
	}
	if told && h.end != nil {
		if err := h.end(w, name); err != nil {
			return err
		}
	}
	w.open = w.open[:len(w.open)-1]
	return nil
}

// unicodeText turns UTF-16 with a byte order mark into UTF-8; the decoder sees to the
// other encodings, which the text declares.
func unicodeText(r io.Reader) (io.Reader, error) {
	b := bufio.NewReader(r)
	mark, err := b.Peek(2)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if string(mark) == "\xff\xfe" || string(mark) == "\xfe\xff" {
		return transform.NewReader(b, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()), nil
	}
	return b, nil
}

// declared decodes a text from the encoding that it names. One that could be read as far
// as that name is not in UTF-16, or is no longer: its mark told.
func declared(label string, r io.Reader) (io.Reader, error) {
	if strings.HasPrefix(strings.ToLower(label), "utf-16") {
		return r, nil
	}
	return charset.NewReaderLabel(label, r)
}
