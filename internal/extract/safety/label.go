package safety

import (
	"bytes"
	"strings"

	"leerkring/internal/kb"
)

// bsnLabels are what people call a citizen service number, letters only; those of
// at most four letters must be words of their own.
func bsnLabels() [24]string {
	return [...]string{
		"burgerservicenummer", "burgerservicenr", "burgerservicenumer", "burgerservicenum", "burgerservice", "sofinummer", "sofinr",
		"sociaalfiscaalnummer", "sociaalfiscaal", "persoonsnummer", "persoonsnr", "citizenservicenumber", "citizenservicenr", "citizenserviceno",
		"socialsecuritynumber", "socialsecurityno", "nationalidentificationnumber", "fiscaalnummer", "bsnnummer", "bsnnr", "bsnnumber",
		"bsn", "sofi", "ssn",
	}
}

// lastLabel finds the last label of a citizen service number in a short text and
// gives where it ends, signs and spaces within it aside ("B.S.N.", "burger service nr").
func lastLabel(s string) (end int, ok bool) {
	if len(s) < len("bsn") || len(s) > headerBytes || !strings.ContainsAny(s, "sSnN") { // which every label has
		return 0, false
	}
	var room [headerBytes]byte
	var places [headerBytes]uint16
	letters := room[:0]
	for i := range len(s) {
		if b := s[i] | 0x20; b >= 'a' && b <= 'z' {
			places[len(letters)] = uint16(i)
			letters = append(letters, b)
		}
	}
	for _, label := range bsnLabels() {
		for from := len(letters); len(letters) >= len("bsn"); {
			at := bytes.LastIndex(letters[:from], []byte(label))
			if at < 0 {
				break
			}
			first, last := int(places[at]), int(places[at+len(label)-1])
			if last >= end && tight(s[first:last+1], len(label)) && (len(label) > 4 || ownWord(s, first, last)) {
				end, ok = last+1, true
				break
			}
			from = at + len(label) - 1
		}
	}
	return end, ok
}

// tight reports whether a label is written with hardly anything between its letters.
func tight(s string, letters int) bool {
	return len(s) <= letters+8 && !strings.ContainsAny(s, "0123456789\t;|")
}

// ownWord reports whether the letters from first to last are a word; an "s" or "e-" may not
// come before, and capitals may go on to lower case ("BSNummer" is none).
func ownWord(s string, first, last int) bool {
	if last-first > 3 && strings.Count(s[first:last], ".") < 2 {
		return false // "b s n" of other words
	}
	return (first == 0 || !isLetter(s[first-1]) || strings.HasSuffix(s[:first], "\u00a0")) && (last+1 == len(s) || !isLetter(s[last+1]) || separatorAt(s, last+1) > 0)
}

// otherNumber reports whether a text says that the number after it is another kind.
func otherNumber(s string) bool {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= 0x80) })
	for _, w := range words {
		switch w {
		case "kvk", "btw", "vat", "tel", "telefoon", "phone", "fax", "isbn", "issn", "iban", "bic", "kenmerk", "zaak", "dossier", "factuur", "referentie", "ref", "zaaknr",
			"coc", "giro", "rek", "code", "barcode", "ean", "artikel", "order", "handelsregister", "doi", "bag", "stcrt", "imro":
			return true
		case "nummer", "nummers", "nr", "number", "persoonsnummer", "volgnummer", "huisnummer", "rijnummer", "volgnr":
			continue
		}
		for _, ending := range []string{"nummer", "kenmerk", "code", "nr", "number", "bedrag"} {
			if strings.HasSuffix(w, ending) && !strings.HasPrefix(w, "burgerservice") && !strings.HasPrefix(w, "sofi") && !strings.HasPrefix(w, "bsn") {
				return true
			}
		}
		if w == "rsin" && len(s) > 14 {
			return true
		}
	}
	return false
}

// header is the line at the head of a table that names a column of citizen service numbers.
type header struct {
	on        bool
	label     int  // column, from 0, of the label
	separator byte // between columns, or 0 when only spaces are
	cells     []string
	rows      int // lines since
}

// headerBytes is how long the head of a table is at most, headerRows after how many
// lines a table without separators is taken to be over.
const (
	headerBytes = 600
	headerRows  = 120
)

// read looks at the line that begins at or after i.
func (h *header) read(text string, i int, table bool) {
	if i < len(text) && text[i] == '\n' {
		i++
	}
	h.rows++
	if h.separator == 0 && h.rows > headerRows {
		h.on = false
	}
	line := linesAfter(kb.TextAfter(text, i, headerBytes), 0)
	if i+len(line) < len(text) && text[i+len(line)] != '\n' {
		return
	}
	end, ok := lastLabel(line)
	separator := separatorOf(line)
	if table && !h.on && h.cells == nil && separator != 0 {
		*h = header{separator: separator, label: -1, cells: strings.Split(line, string(separator))}
	}
	if !ok || strings.ContainsAny(line, "0123456789") && separator == 0 || hasNumber(line) {
		return
	}
	if separator == 0 && (len(line) > 120 || strings.HasSuffix(strings.TrimSpace(line), ".") && !strings.HasSuffix(line, "nr.")) {
		return
	}
	*h = header{on: true, separator: separator}
	if separator != 0 {
		h.cells = strings.Split(line, string(separator))
		h.label = strings.Count(line[:end], string(separator))
	}
}

func hasNumber(line string) bool {
	for i := range len(line) {
		if isDigit(line[i]) && (i == 0 || !isDigit(line[i-1])) {
			if _, ok := numberAt(line, i); ok {
				return true
			}
		}
	}
	return false
}

func separatorOf(line string) byte {
	for _, s := range []byte("\t;|,") {
		if strings.IndexByte(line, s) >= 0 {
			return s
		}
	}
	return 0
}

// names reports whether a number stands in a column of citizen service numbers.
func (h *header) names(text string, line int, n number) bool {
	if !h.on || dateLike(n.digits) || n.start-line > headerBytes {
		return false
	}
	if h.separator == 0 {
		return len(n.digits) == 9 && (n.joined || n.grouped && alone(text, n)) && !otherNumber(text[line:n.start])
	}
	return strings.Count(text[line:n.start], string(h.separator)) == h.label
}

// other reports whether a number stands in a column of other numbers.
func (h *header) other(text string, line int, n number) bool {
	if h.separator == 0 || n.start-line > headerBytes {
		return false
	}
	column := strings.Count(text[line:n.start], string(h.separator))
	return column < len(h.cells) && column != h.label && otherNumber(h.cells[column])
}
