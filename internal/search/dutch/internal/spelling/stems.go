package spelling

import "strings"

// Closed gives how the beginning of a word may be spelt when an ending that
// begins with a vowel is taken off it, likeliest first: won- is woon or won,
// zett- zet, huiz- huis, briev- brief.
func Closed(open string) []string {
	n := len(open)
	if n < 2 || Vowel(open[n-1]) {
		return []string{open}
	}
	last := open[n-1]
	if open[n-2] == last {
		return []string{open[:n-1]}
	}
	stem := open[:n-1] + string(hard(last))
	if !Vowel(open[n-2]) || n > 2 && Vowel(open[n-3]) && !single(open[:n-1]) {
		return []string{stem}
	}
	if open[n-2] == 'i' {
		return []string{stem}
	}
	long := stem[:n-1] + stem[n-2:]
	if last == 'v' || last == 'z' {
		return []string{long, stem}
	}
	return []string{long, stem}
}

// single tells whether the vowels at the end of a piece are those of two
// syllables, so that the last stands alone: situ-er, cre-er.
func single(piece string) bool {
	n := len(piece)
	switch piece[n-2:] {
	case "ue", "ia", "io", "iu", "ea", "eo", "ua", "uo":
		return true
	}
	return false
}

// hard gives the letter that is written for a consonant at the end of a word.
func hard(c byte) byte {
	switch c {
	case 'v':
		return 'f'
	case 'z':
		return 's'
	}
	return c
}

// Vowel tells whether a letter is a vowel; y is one (baby).
func Vowel(c byte) bool { return strings.IndexByte("aeiouy", c) >= 0 }

// Singulars gives what a plural or a diminutive may be the form of, likeliest
// first; nothing when it is neither by its ending.
func Singulars(word string) []string {
	if one, ok := cutDiminutive(word); ok {
		return one
	}
	if one, ok := strings.CutSuffix(word, "heden"); ok && one != "" {
		return []string{one + "heid"}
	}
	if one, ok := strings.CutSuffix(word, "ieen"); ok {
		return []string{one + "ie"}
	}
	if one, ok := strings.CutSuffix(word, "en"); ok && len(one) > 1 {
		return append(Closed(one), one+"e")
	}
	if one, ok := strings.CutSuffix(word, "s"); ok && len(one) > 2 && !strings.HasSuffix(one, "s") {
		return []string{one}
	}
	return nil
}

// cutDiminutive takes -je, -tje, -etje, -pje, -kje and their plurals off.
func cutDiminutive(word string) ([]string, bool) {
	word = strings.TrimSuffix(word, "s")
	one, ok := strings.CutSuffix(word, "je")
	if !ok || len(one) < 3 {
		return nil, false
	}
	n := len(one)
	switch {
	case strings.HasSuffix(one, "et") && n > 4 && one[n-3] == one[n-4]:
		return []string{one[:n-3], one}, true // balletje, weggetje
	case strings.HasSuffix(one, "et"):
		return []string{one[:n-2], one}, true
	case strings.HasSuffix(one, "mp"):
		return []string{one[:n-1], one}, true // raampje
	case strings.HasSuffix(one, "nk"):
		return []string{one[:n-1] + "g", one}, true // woninkje
	case one[n-1] == 't' && strings.IndexByte("aiou", one[n-2]) >= 0 && !Vowel(one[n-3]):
		return []string{one}, true // pilotje; behind a single vowel -tje doubles it
	case one[n-1] == 't' && n > 3 && one[n-2] == one[n-3] && Vowel(one[n-2]):
		return []string{one[:n-2], one[:n-1], one}, true // fotootje
	case one[n-1] == 't':
		return []string{one[:n-1], one}, true // tafeltje, stadje stays
	}
	return []string{one}, true
}

// Stems gives the first persons that an infinitive may have, likeliest first.
func Stems(infinitive string) []string {
	for _, end := range []string{"aan", "ien", "oen"} {
		if one, ok := strings.CutSuffix(infinitive, end); ok && len(one) > 0 && !Vowel(one[len(one)-1]) {
			return append([]string{one + end[:len(end)-1-extra(end)]}, Closed(strings.TrimSuffix(infinitive, "en"))...)
		}
	}
	one, ok := strings.CutSuffix(infinitive, "en")
	if !ok || len(one) < 2 {
		return nil
	}
	return Closed(one)
}

// extra is 1 where the vowel is written once at the end of a word: gaan, ga.
func extra(end string) int {
	if end == "aan" {
		return 1
	}
	return 0
}

// Conjugate gives the regular forms of a verb with an infinitive and a first
// person, those that do not exist (gewordd) among them.
func Conjugate(infinitive, first string) []string {
	out := []string{infinitive, infinitive + "d", infinitive + "de", first, first + "t"}
	if strings.HasSuffix(infinitive, "aan") {
		out = append(out, first+"at") // gaat
	}
	end := past(infinitive)
	out = append(out, first+end, first+end+"e", first+end+"en", "ge"+first+end, "ge"+first+end+"e")
	if last := first[len(first)-1]; last == 'd' || last == 't' {
		out = append(out, "ge"+first, "ge"+first+"e", first+"e")
	}
	return out
}

// past gives the letter of the past tense: t where the infinitive has a voiceless
// consonant before its -en (werkte), or else d (leefde, verhuisde).
func past(infinitive string) string {
	stem := strings.TrimSuffix(infinitive, "en")
	if strings.HasSuffix(stem, "ch") || stem != "" && strings.IndexByte("tkfspx", stem[len(stem)-1]) >= 0 {
		return "t"
	}
	return "d"
}

// Stem takes the ending off a word of which nothing is known, with care: it may
// be a name.
func Stem(word string) string {
	for _, e := range []struct{ from, to string }{
		{"ische", "isch"},
		{"elijke", "elijk"},
		{"atieve", "atief"},
		{"ieve", "ief"},
		{"bare", "baar"},
		{"zame", "zaam"},
		{"loze", "loos"},
		{"ionele", "ioneel"},
		{"eerde", "eren"},
		{"eert", "eren"},
		{"eerd", "eren"},
	} {
		if one, ok := strings.CutSuffix(word, e.from); ok && len(one) > 2 {
			if e.to == "eren" {
				one = strings.TrimPrefix(one, "ge")
			}
			return one + e.to
		}
	}
	if len(word) < minPlural || strings.HasSuffix(word, "een") {
		return word
	}
	if last := word[len(word)-2]; word[len(word)-1] == 's' && last != 'e' && Vowel(last) {
		return word // aerius, logius
	}
	if one := Singulars(word); one != nil {
		return one[0]
	}
	return word
}

// minPlural is the length under which an unknown word is not taken for a plural.
const minPlural = 6
