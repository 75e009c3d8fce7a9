package safety

import (
	"strings"

	"leerkring/internal/kb"
)

// ibanLengths are those of the IBAN registry (SWIFT, release 99), and of Morocco, which
// has such numbers and is not in it.
const ibanLengths = " AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 " +
	"LB28 LC32 LI21 LT20 LU20 LV21 LY25 MA28 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30 "

// checkIBAN finds bank account numbers (ISO 13616), also those with spaces or a line
// end in them. One that an organisation is named beside is NOTABLE, unless a person is too.
func (c *collector) checkIBAN() {
	for i := 0; i+15 <= len(c.text); i++ {
		if !isDigit(c.text[i+2]) || !isDigit(c.text[i+3]) && separatorAt(c.text, i+2) == 0 {
			continue
		}
		if i > 0 && (isLetter(c.text[i-1]) && c.text[i-1] < 0x80 || isDigit(c.text[i-1])) {
			continue
		}
		end, iban, ok := ibanAt(c.text, i)
		if !ok {
			continue
		}
		severity := kb.Serious
		if c.look(kb.FindingIBAN) {
			severity = accountOf(c.text, i, end)
		}
		c.found(kb.FindingIBAN, severity, i, end, iban)
		i = end - 1
	}
}

// ibanAt reads an account number at a place.
func ibanAt(text string, start int) (end int, iban string, ok bool) {
	country := strings.ToUpper(text[start : start+2])
	at := strings.Index(ibanLengths, " "+country)
	if at < 0 || country[0] == ' ' || country[1] == ' ' || text[start:start+2] != country && country != "NL" {
		return 0, "", false
	}
	length := int(ibanLengths[at+3]-'0')*10 + int(ibanLengths[at+4]-'0')
	b := make([]byte, 0, length)
	i, parted := start, -1
	for i < len(text) && len(b) < length {
		switch ch := text[i]; {
		case isDigit(ch) || isUpper(ch):
			b = append(b, ch)
			i++
		case ch >= 'a' && ch <= 'z' && country == "NL":
			b = append(b, ch-'a'+'A')
			i++
		default:
			width := gap(text, i)
			if width == 0 || i == parted {
				return 0, "", false
			}
			i += width
			parted = i
		}
	}
	if len(b) < length || i < len(text) && (isDigit(text[i]) || isLetter(text[i]) && text[i] < 0x80) || country == "NL" && !dutch(b) || !numeric(b) {
		return 0, "", false
	}
	return i, string(b), mod97(b)
}

// numeric reports whether at least a third of an account number is digits: a heading in
// capitals is none.
func numeric(b []byte) bool {
	n := 0
	for _, ch := range b {
		if isDigit(ch) {
			n++
		}
	}
	return 3*n >= len(b)
}

// gap gives the length of what may stand between two signs of an account number: a
// separator, at most two line ends, and the blanks that the next line begins with.
func gap(text string, i int) int {
	n := separatorAt(text, i)
	ends := 0
	for i+n < len(text) && ends < 2 && (text[i+n] == '\n' || text[i+n] == '\r') {
		n, ends = n+1, ends+1
	}
	for blanks := 0; ends > 0 && blanks < 8 && i+n < len(text) && (text[i+n] == ' ' || text[i+n] == '\t'); blanks++ {
		n++
	}
	return n
}

// dutch reports whether four letters and ten digits follow the check digits.
func dutch(b []byte) bool {
	for i, ch := range b[4:] {
		if i < 4 && !isUpper(ch) || i >= 4 && !isDigit(ch) {
			return false
		}
	}
	return true
}

// mod97 is the check of ISO 7064: with the first four signs behind the others and
// letters as 10 to 35, the number leaves 1.
func mod97(b []byte) bool {
	rest := 0
	for i := range b {
		ch := b[(i+4)%len(b)]
		if isDigit(ch) {
			rest = (rest*10 + int(ch-'0')) % 97
		} else {
			rest = (rest*100 + int(ch-'A') + 10) % 97
		}
	}
	return rest == 1
}

func accountOf(text string, start, end int) kb.Severity {
	lead, tail := linesBefore(kb.TextBefore(text, start, 100), 1), linesAfter(kb.TextAfter(text, end, 100), 1)
	near := lead + " " + tail
	if isFormal(near) && !hasNamed(near) {
		return kb.Notable
	}
	return kb.Serious
}
