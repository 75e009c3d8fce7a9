package office

import "strings"

// parseNumberFormat reads the code of a format. What it does not know stands for
// itself, so that any code gives a format.
func parseNumberFormat(code string) numberFormat {
	var f numberFormat
	if code == "" || strings.EqualFold(code, "General") {
		return f
	}
	for len(f.sections) < 3 && code != "" {
		p := formatParser{}
		code = p.section(code)
		p.minutes()
		f.sections = append(f.sections, p.numberSection)
	}
	return f
}

// formatParser reads one section.
type formatParser struct {
	numberSection
	fraction bool // after the point
	held     bool // the piece of the number is there
}

// section reads until the end of a section and gives what follows it.
func (p *formatParser) section(code string) string {
	for code != "" {
		if code[0] == ';' {
			return code[1:]
		}
		code = p.next(code)
	}
	return ""
}

func (p *formatParser) next(code string) string {
	lower := strings.ToLower(code)
	switch c := lower[0]; {
	case c == '"':
		text, rest, _ := strings.Cut(code[1:], `"`)
		p.put(text, true)
		return rest
	case c == '\\' && len(code) > 1:
		r := firstRune(code[1:])
		p.put(r, true)
		return code[1+len(r):]
	case (c == '_' || c == '*') && len(code) > 1: // a space as wide as, or as many as fit
		if c == '_' {
			p.put(" ", true)
		}
		return code[1+len(firstRune(code[1:])):]
	case c == '[':
		return p.bracket(code, lower)
	case strings.HasPrefix(lower, "general"):
		p.isText = true
		p.put(numberPiece, false)
		return code[len("general"):]
	case strings.HasPrefix(lower, "am/pm"), strings.HasPrefix(lower, "a/p"):
		p.clock12 = true
		p.put("am/pm", false)
		_, rest, _ := strings.Cut(lower, "p")
		return code[len(code)-len(strings.TrimPrefix(rest, "m")):]
	case strings.IndexByte("ymdhs", c) >= 0:
		n := len(lower) - len(strings.TrimLeft(lower, string(c)))
		p.isDate = true
		p.put(strings.Repeat(string(c), min(n, 5)), false)
		return code[n:]
	default:
		return p.digit(code)
	}
}

// bracket reads a colour or condition, which say nothing, a currency, or hours that go
// on after a day.
func (p *formatParser) bracket(code, lower string) string {
	inside, rest, closed := strings.Cut(lower[1:], "]")
	if !closed {
		return ""
	}
	switch {
	case strings.HasPrefix(inside, "$"):
		currency, _, _ := strings.Cut(code[2:len(inside)+1], "-")
		p.put(currency, true)
	case inside != "" && strings.Trim(inside, inside[:1]) == "" && strings.Contains("hms", inside[:1]):
		p.isDate = true
		p.put("["+inside[:1]+"]", false)
	}
	return code[len(code)-len(rest):]
}

func (p *formatParser) digit(code string) string {
	r := firstRune(code)
	switch r {
	case "0", "#", "?":
		p.number(r)
	case ".":
		p.fraction = true
		if p.isDate {
			p.put(",", true)
		}
	case ",":
		rest := strings.TrimLeft(code, ",")
		if rest != "" && strings.IndexByte("0#?", rest[0]) >= 0 {
			p.grouped = true
		} else if p.held {
			p.divide += len(code) - len(rest)
		}
		return rest
	case "%":
		p.percent++
		p.put("%", true)
	case "@":
		p.isText = true
		p.put(numberPiece, false)
	case "E", "e":
		if p.held && len(code) > 1 && (code[1] == '+' || code[1] == '-') {
			p.exponent = true
			return strings.TrimLeft(code[2:], "0#?")
		}
		p.put(r, true)
	default:
		p.put(r, true)
	}
	return code[len(r):]
}

func (p *formatParser) number(digit string) {
	switch {
	case p.fraction:
		p.decimals = min(p.decimals+1, 30)
		if digit != "0" {
			p.optional++
		} else {
			p.optional = 0
		}
	case digit == "0":
		p.integers++
	}
	if !p.held && !p.isDate {
		p.held = true
		p.put(numberPiece, false)
	}
}

func (p *formatParser) put(piece string, literal bool) {
	p.pieces = append(p.pieces, piece)
	p.literal = append(p.literal, literal)
}

// minutes tells them from months: m is minutes after hours and before seconds.
func (p *formatParser) minutes() {
	if !p.isDate {
		return
	}
	last := -1 // the code before
	for i, piece := range p.pieces {
		if p.literal[i] {
			continue
		}
		if (piece == "m" || piece == "mm") && last >= 0 && strings.Contains(p.pieces[last], "h") {
			p.pieces[i] = strings.ToUpper(piece)
		}
		if piece[0] == 's' && last >= 0 && (p.pieces[last] == "m" || p.pieces[last] == "mm") {
			p.pieces[last] = strings.ToUpper(p.pieces[last])
		}
		last = i
	}
}

func firstRune(s string) string {
	for i := range s {
		if i > 0 {
			return s[:i]
		}
	}
	return s
}
