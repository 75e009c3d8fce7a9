package safety

import (
	"regexp"
	"strings"

	"leerkring/internal/kb"
)

// privateDomains are those of providers where people have a mailbox of their own.
const privateDomains = " gmail.com googlemail.com hotmail.com hotmail.nl live.nl live.com outlook.com outlook.nl msn.com icloud.com me.com mac.com yahoo.com yahoo.nl ymail.com aol.com gmx.net gmx.com gmx.nl gmx.de " +
	"protonmail.com proton.me pm.me ziggo.nl kpnmail.nl kpnplanet.nl planet.nl hetnet.nl xs4all.nl home.nl casema.nl upcmail.nl chello.nl quicknet.nl telfort.nl tele2.nl online.nl onsbrabantnet.nl solcon.nl " +
	"freeler.nl zonnet.nl wanadoo.nl versatel.nl caiway.nl caiway.net delta.nl zeelandnet.nl kabelfoon.nl multiweb.nl orange.nl tiscali.nl concepts.nl filternet.nl hccnet.nl introweb.nl lijbrandt.nl t-mobilethuis.nl odido.nl skynet.be telenet.be web.de "

// officialBoxes are names of mailboxes that belong to no one person.
const officialBoxes = " info secretariaat secretaris bestuur contact redactie administratie penningmeester voorzitter office support noreply no-reply mail webmaster helpdesk voorbeeld example naam "

// checkEmail finds addresses at providers for private people.
func (c *collector) checkEmail() {
	for i := 0; i < len(c.text); i++ {
		if c.text[i] != '@' {
			continue
		}
		start, end := i, i+1
		for start > 0 && i-start < 64 && inLocal(c.text[start-1]) {
			start--
		}
		for end < len(c.text) && end-i < 64 && (isDigit(c.text[end]) || isLetter(c.text[end]) && c.text[end] < 0x80 || c.text[end] == '.' || c.text[end] == '-') {
			end++
		}
		for end > i && c.text[end-1] == '.' {
			end--
		}
		if !strings.Contains(c.text[i+1:end], ".") {
			i = max(i, end-1)
			continue
		}
		local, domain := strings.ToLower(c.text[start:i]), strings.ToLower(c.text[i+1:end])
		if local != "" && strings.Contains(privateDomains, " "+domain+" ") && !strings.Contains(officialBoxes, " "+local+" ") {
			c.found(kb.FindingEmail, kb.Notable, start, end, local+"@"+domain)
		}
		i = end - 1
	}
}

func inLocal(b byte) bool {
	return isDigit(b) || isLetter(b) && b < 0x80 || strings.IndexByte("._-+", b) >= 0
}

var (
	noPerson = regexp.MustCompile(`(?i)meldpunt|receptie|balie|storing|whatsapp|algemeen nummer|piket|helpdesk|klantenservice`)
	own      = regexp.MustCompile(`(?i)priv[eé]|thuis|mobiel:`)
	street   = regexp.MustCompile(`(\p{Lu}[\p{L}'.-]*[\p{Ll}'.-](?: [\p{L}'.-]+){0,4}) (\d{1,4}(?: ?[-–]? ?[a-zA-Z]{1,3}|-\d{1,3})?)[ ,;\t\n|]{1,4}$`)
)

// checkPhone finds mobile numbers beside the name of a person.
func (c *collector) checkPhone() {
	for i := 0; i < len(c.text); i++ {
		if c.text[i] != '0' && c.text[i] != '+' || i > 0 && isDigit(c.text[i-1]) {
			continue
		}
		end, digits := mobileAt(c.text, i)
		if end == 0 {
			continue
		}
		if !c.look(kb.FindingPhone) {
			return
		}
		lead, tail := linesBefore(kb.TextBefore(c.text, i, 100), 2), linesAfter(kb.TextAfter(c.text, end, 60), 1)
		if !noPerson.MatchString(lead) && (hasPerson(lead) || hasPerson(tail) || own.MatchString(lead)) {
			c.found(kb.FindingPhone, kb.Notable, i, end, digits)
		}
		i = end - 1
	}
}

// mobileAt reads a mobile number (06, +316, 00316, +31 (0)6) and gives its last eight
// digits; end is 0 when there is none.
func mobileAt(text string, start int) (end int, digits string) {
	rest := text[start:min(len(text), start+60)]
	for _, lead := range []string{"+31", "0031", "0"} {
		after, ok := strings.CutPrefix(rest, lead)
		if !ok {
			continue
		}
		if lead != "0" {
			after = strings.TrimPrefix(strings.TrimLeft(after, " -"), "(0)")
			after = strings.TrimLeft(after, " -")
		}
		if after, ok = strings.CutPrefix(after, "6"); !ok {
			continue
		}
		if n, eight := eightDigits(after); n > 0 {
			return start + len(rest) - len(after) + n, eight
		}
	}
	return 0, ""
}

// eightDigits reads eight digits with at most three blanks, stops or hyphens before each,
// and none after them.
func eightDigits(s string) (n int, digits string) {
	b, between := make([]byte, 0, 8), 0
	for ; n < len(s) && len(b) < 8; n++ {
		switch {
		case isDigit(s[n]):
			b, between = append(b, s[n]), 0
		case strings.IndexByte(" .-", s[n]) >= 0 && between < 3:
			between++
		default:
			return 0, ""
		}
	}
	if len(b) < 8 || n < len(s) && isDigit(s[n]) {
		return 0, ""
	}
	return n, string(b)
}

// streetBytes is how far before a postal code its street begins.
const streetBytes = 120

// checkAddress finds a street with number and postal code where somebody lives: beside
// a word that says so, or the name of a person and of no organisation.
func (c *collector) checkAddress() {
	for i := 0; i+6 <= len(c.text); i++ {
		end, code := postcodeAt(c.text, i)
		if end == 0 {
			continue
		}
		window := kb.TextBefore(c.text, i, streetBytes)
		if !c.look(kb.FindingAddress) {
			return
		}
		if m := street.FindStringSubmatchIndex(window); m != nil {
			c.address(i-len(window)+m[0], end, code+" "+window[m[4]:m[5]])
		}
		i = end - 1
	}
}

func (c *collector) address(start, end int, value string) {
	lead, tail := linesBefore(kb.TextBefore(c.text, start, 100), 2), linesAfter(kb.TextAfter(c.text, end, 50), 0)
	here := lead + c.text[start:end]
	if !isFormal(here) && (living.MatchString(here) || hasNamed(here) || hasBirth(lead+tail)) {
		c.found(kb.FindingAddress, kb.Notable, start, end, value)
	}
}

// postcodeAt reads a Dutch postal code; end is 0 when there is none.
func postcodeAt(text string, i int) (end int, code string) {
	if text[i] < '1' || text[i] > '9' || i > 0 && isDigit(text[i-1]) || !isDigit(text[i+1]) || !isDigit(text[i+2]) || !isDigit(text[i+3]) {
		return 0, ""
	}
	end = i + 4
	if text[end] == ' ' {
		end++
	}
	if end+2 > len(text) || !isUpper(text[end]) || !isUpper(text[end+1]) || end+2 < len(text) && (isLetter(text[end+2]) || isDigit(text[end+2])) {
		return 0, ""
	}
	return end + 2, text[i:i+4] + text[end:end+2]
}
