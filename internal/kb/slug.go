package kb

import "strings"

// MaxSlug is the most bytes that a slug may have.
const MaxSlug = 120

// Slugify makes a slug of a title: its words in lower case without diacritics,
// joined by hyphens, at most max bytes and never more than MaxSlug, cut between
// words where one fits. A title without a single Latin letter or digit, or a max
// below 1, gives "record".
func Slugify(title string, max int) string {
	max = min(max, MaxSlug)
	words := strings.FieldsFunc(Fold(title), notSlugLetter)
	if len(words) == 0 || max < 1 {
		return "record"
	}
	slug := words[0][:min(len(words[0]), max)]
	for _, word := range words[1:] {
		if len(slug)+1+len(word) > max {
			break
		}
		slug += "-" + word
	}
	return slug
}

func notSlugLetter(r rune) bool {
	return (r < 'a' || r > 'z') && (r < '0' || r > '9')
}
