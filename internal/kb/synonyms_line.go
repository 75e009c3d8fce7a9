package kb

import "strings"

// SynonymsLine reads synonyms from one line of a list that people keep:
//
//	huis, woning, pand          each finds the others
//	voertuig => auto, fiets     the first also finds the others, not the reverse
//	vng, vereniging van nederlandse gemeenten  # a note, after a blank
//
// It gives nil for a line without terms. What it gives need not be valid.
func SynonymsLine(line string) *Synonyms {
	terms, note := line, ""
	if i := noteAt(line); i >= 0 {
		terms, note = line[:i], strings.TrimSpace(line[i+1:])
	}
	if strings.TrimSpace(terms) == "" {
		return nil
	}
	s := &Synonyms{Note: note}
	first, rest, oneWay := strings.Cut(terms, "=>")
	if s.OneWay = oneWay; oneWay {
		s.Terms = append(s.Terms, strings.TrimSpace(first))
		terms = rest
	}
	for term := range strings.SplitSeq(terms, ",") {
		if term = strings.TrimSpace(term); term != "" {
			s.Terms = append(s.Terms, term)
		}
	}
	return s
}

// noteAt gives where the # of a note stands: at the start or after a blank.
func noteAt(line string) int {
	for i := range len(line) {
		if line[i] == '#' && (i == 0 || line[i-1] == ' ' || line[i-1] == '\t') {
			return i
		}
	}
	return -1
}

// Line writes synonyms as SynonymsLine reads them.
func (s *Synonyms) Line() string {
	line := strings.Join(s.Terms, ", ")
	if s.OneWay {
		line = s.Terms[0] + " => " + strings.Join(s.Terms[1:], ", ")
	}
	if note := strings.Join(strings.Fields(s.Note), " "); note != "" {
		line += " # " + note
	}
	return line
}

// fitsLine reports whether a term can stand in a line.
func fitsLine(term string) bool {
	return !strings.ContainsAny(term, ",\n\r") && !strings.Contains(term, "=>") && noteAt(term) < 0
}
