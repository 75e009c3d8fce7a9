package eval

import (
	"io"
	"strings"

	"leerkring/internal/kb"
	"leerkring/internal/search/dutch"
)

// CompoundRow is a compound with the lemmas of its parts, as a person judged it.
type CompoundRow struct {
	Word   string
	Lemmas []string // two or more
}

// Right tells whether a split is the judged one: as many parts, and each with the
// stem of its lemma.
func (c CompoundRow) Right(a *dutch.Analyzer, parts []dutch.Part) bool {
	if len(parts) != len(c.Lemmas) {
		return false
	}
	for i, p := range parts {
		if !sameStem(a, p.Lemma, c.Lemmas[i]) {
			return false
		}
	}
	return true
}

// sameStem compares stop words, which have no stem, by their letters.
func sameStem(a *dutch.Analyzer, x, y string) bool {
	s, t := a.Term(x), a.Term(y)
	return s == t && (s != "" || strings.EqualFold(x, y))
}

// ReadCompounds reads lines of columns with tabs between them: a word, and the
// lemmas of its parts joined by underscores. More columns, a heading, and words
// of one part are passed by. name is for messages. Invalid with the line.
func ReadCompounds(r io.Reader, name string) ([]CompoundRow, error) {
	var out []CompoundRow
	err := eachLine(r, name, func(n int, line []byte) error {
		fields := strings.Split(string(line), "\t")
		if len(fields) < 2 || fields[0] == "" {
			return wrongLine(name, n, kb.Text{
				NL: "hier horen twee kolommen met een tab ertussen: het woord, en de delen met _ ertussen.",
				EN: "there must be two columns with a tab between them: the word, and its parts with _ between them.",
			})
		}
		heading := n == 1 && strings.HasPrefix(fields[1], "split")
		if lemmas := strings.Split(fields[1], "_"); len(lemmas) > 1 && !heading {
			out = append(out, CompoundRow{Word: fields[0], Lemmas: lemmas})
		}
		return nil
	})
	return out, err
}

// Judgement tells how well compounds are split. Precision is the share of the
// words that were split that were split right, Recall that of all words, F1 the
// harmonic mean of the two; all are 0 when nothing is right.
type Judgement struct {
	Words     int     `json:"words"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
}

// Compounds judges the splitter of an analyzer on a list that ReadCompounds reads.
// Invalid for a list without compounds.
func Compounds(r io.Reader, name string, a *dutch.Analyzer) (Judgement, error) {
	rows, err := ReadCompounds(r, name)
	if err != nil {
		return Judgement{}, err
	}
	if len(rows) == 0 {
		return Judgement{}, kb.Errorf(kb.Invalid, kb.Text{
			NL: "Er staan geen samenstellingen in %s.",
			EN: "There are no compounds in %s.",
		}, name)
	}
	return judgeSplits(rows, a), nil
}

func judgeSplits(rows []CompoundRow, a *dutch.Analyzer) Judgement {
	split, right := 0, 0
	for _, c := range rows {
		parts := a.Split(c.Word)
		if parts == nil {
			continue
		}
		split++
		if c.Right(a, parts) {
			right++
		}
	}
	out := Judgement{Words: len(rows)}
	if right > 0 {
		out.Precision = float64(right) / float64(split)
		out.Recall = float64(right) / float64(len(rows))
		out.F1 = 2 * out.Precision * out.Recall / (out.Precision + out.Recall)
	}
	return out
}
