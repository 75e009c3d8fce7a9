package safety

import (
	"regexp"
	"strings"
	"unicode"
)

var (
	// name is an address with a name, initials with a name, or two words with capitals. Windows
	// are short, and RE2 is linear.
	titled   = regexp.MustCompile(`\b(?:[Dd]hr|[Mm]w|[Mm]evr|[Mm]evrouw|[Mm]eneer|[Hh]eer|[Mm]rs?|[Mm]s|[Dd]rs|[Ii]ng|[Tt]\.?n\.?v)\b\.?,? +(?:[\p{Lu}]\.? ?)*(?:(?:van|de|der|den|ter|ten|te|el|la)[ ]+){0,3}\p{Lu}\p{L}+`)
	initials = regexp.MustCompile(`\b(?:\p{Lu}\.[ ]?){1,5}(?:(?:van|de|der|den|ter|ten|te|het|'t|el|la)[ ]+){0,3}\p{Lu}\p{Ll}+`)
	reversed = regexp.MustCompile(`\p{Lu}\p{L}+,[ ]?(?:\p{Lu}\.|\p{Lu}\p{Ll}+|[\p{Lu}]{1,3}\b)`)
	full     = regexp.MustCompile(`(\p{Lu}[\p{Ll}'’-]+)[ \t;|,\n"]+(?:\p{Lu}\.[ ]*)?((?:van|von|de|der|den|ter|ten|te|het|in|'t|el|al|la|El|Ben|Van|De)[ \t]+){0,3}\p{Lu}[\p{Ll}'’]+`)
	shouted  = regexp.MustCompile(`\b\p{Lu}{3,}[ ]+(?:\p{Lu}\.)+|\b(?:\p{Lu}\.)+[ ]*\p{Lu}{3,}`)
	date     = regexp.MustCompile(`\b(\d{1,2})[-/. ](\d{1,2}|jan\w*|feb\w*|maart|mrt|apr\w*|mei|jun\w*|jul\w*|aug\w*|sep\w*|okt\w*|nov\w*|dec\w*|march|may|oct\w*)\.?[-/. ]((?:19|20)\d\d)\b|\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b`)
	born     = regexp.MustCompile(`(?i)\bgeb(?:\.|oren|oortedatum|dat|\b)|\bborn\b|date of birth|birth ?date|\bd\.?o\.?b\b`)
	living   = regexp.MustCompile(`(?i)woonachtig|wonende|woont (?:aan|op|in|te)|huisadres|thuisadres|priv[eé]adres|privé-adres|woonadres|\bwoonplaats\b|home address|residing|lives at|living at|\badres:`)
)

// formalWords are those of a text about an organisation.
const formalWords = " gemeente provincie stichting vereniging bv b.v nv n.v vof ministerie waterschap belastingdienst cooperatie coöperatie universiteit hogeschool omgevingsdienst veiligheidsregio " +
	"kvk k.v.k fax btw vat coc postbus bezoekadres postadres kantoor gemeentehuis stadhuis foundation municipality gmbh ltd rechtbank ggd uwv svb rvo "

// isFormal reports whether a short text tells of an organisation.
func isFormal(s string) bool {
	s = strings.ToLower(s)
	if strings.Contains(s, "www.") || strings.Contains(s, "info@") {
		return true
	}
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return !unicode.IsLetter(r) && r != '.' }) {
		w = strings.Trim(w, ".")
		if strings.Contains(formalWords, " "+w+" ") || strings.HasPrefix(w, "factu") && len(w) > len("factu") {
			return true
		}
	}
	return false
}

// notNames are words with a capital before another one that make no name.
func notNames() string {
	return " gemeente gemeenten provincie de het een en in op van voor artikel tabel pagina bijlage stichting vereniging regio ministerie minister wet nota plan besluit hoofdstuk programma project " +
		"totaal bestemmingsplan datum onderwerp raad college metropoolregio veiligheidsregio noord zuid oost west nieuwe den bank rabobank the this figuur kaart dit deze er bij met aan als " +
		"afdeling dienst team januari februari maart april juni juli augustus september oktober november december europese koninklijke nederlandse rijks centraal landelijke stedelijk openbaar openbare algemene algemeen "
}

// hasPerson reports whether a short text has what looks like the name of a person.
func hasPerson(s string) bool {
	if titled.MatchString(s) || initials.MatchString(s) || reversed.MatchString(s) || shouted.MatchString(s) {
		return true
	}
	for _, m := range full.FindAllStringSubmatch(s, 4) {
		if !strings.Contains(notNames(), " "+strings.ToLower(m[1])+" ") {
			return true
		}
	}
	return false
}

// hasNamed is hasPerson for a name that nothing else looks like: with a title or initials.
func hasNamed(s string) bool { return titled.MatchString(s) || initials.MatchString(s) }

func hasDate(s string) bool { return date.MatchString(s) }

// hasBirth reports whether a text has a date of birth: it says so, or it lies far enough back.
func hasBirth(s string) bool {
	if born.MatchString(s) {
		return true
	}
	for _, m := range date.FindAllStringSubmatch(s, 4) {
		if year := m[3] + m[4]; year >= "1920" && year <= "2005" {
			return true
		}
	}
	return false
}
