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
	mobile   = regexp.MustCompile(`(?:\+31|0031)[ -]?(?:\(0\))?[ -]?6(?:[ .-]?\d){8}|\b06(?:[ .-]{0,3}\d){8}`)
	noPerson = regexp.MustCompile(`(?i)meldpunt|receptie|balie|storing|whatsapp|algemeen nummer|piket|helpdesk|klantenservice`)
	own      = regexp.MustCompile(`(?i)priv[eé]|thuis|mobiel:`)
	postcode = regexp.MustCompile(`(\p{Lu}[\p{L}'.-]+(?: [\p{L}'.-]+){0,4}) (\d{1,4}(?: ?[-–]? ?[a-zA-Z]{1,3}|-\d{1,3})?)[ ,;\t\n|]{1,4}([1-9]\d{3} ?[A-Z]{2})\b`)
)

// checkPhone finds mobile numbers beside the name of a person.
func (c *collector) checkPhone() {
	for _, m := range mobile.FindAllStringIndex(c.text, mostLooks) {
		start, end := m[0], m[1]
		if end < len(c.text) && isDigit(c.text[end]) {
			continue
		}
		if !c.look(kb.FindingPhone) {
			return
		}
		lead, tail := linesBefore(kb.TextBefore(c.text, start, 100), 2), linesAfter(kb.TextAfter(c.text, end, 60), 1)
		if noPerson.MatchString(lead) || !hasPerson(lead) && !hasPerson(tail) && !own.MatchString(lead) {
			continue
		}
		value := strings.Map(onlyDigits, c.text[start:end])
		c.found(kb.FindingPhone, kb.Notable, start, end, value[len(value)-8:])
	}
}

func onlyDigits(r rune) rune {
	if r >= '0' && r <= '9' {
		return r
	}
	return -1
}

// checkAddress finds a street with number and postal code where somebody lives: beside
// a word that says so, or the name of a person and of no organisation.
func (c *collector) checkAddress() {
	for _, m := range postcode.FindAllStringSubmatchIndex(c.text, mostLooks) {
		if !c.look(kb.FindingAddress) {
			return
		}
		start, end := m[0], m[1]
		lead, tail := linesBefore(kb.TextBefore(c.text, start, 100), 2), linesAfter(kb.TextAfter(c.text, end, 50), 0)
		here := lead + c.text[start:end]
		if formal.MatchString(here) || !living.MatchString(here) && !hasNamed(here) && !hasBirth(lead+tail) {
			continue
		}
		value := strings.ReplaceAll(c.text[m[6]:m[7]], " ", "") + " " + c.text[m[4]:m[5]]
		c.found(kb.FindingAddress, kb.Notable, start, end, value)
	}
}
