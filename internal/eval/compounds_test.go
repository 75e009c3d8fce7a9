package eval_test

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"leerkring/internal/eval"
	"leerkring/internal/kb"
	"leerkring/internal/search/dutch"
)

func TestCompounds(t *testing.T) {
	a := dutch.New()
	const right = "bedrijventerreinen\tbedrijf_terrein\tNOUN\t3\n"
	tests := []struct {
		name, list string
		want       eval.Judgement
	}{
		{"right, by the stems of the lemmas", right, eval.Judgement{Words: 1, Precision: 1, Recall: 1, F1: 1}},
		{"a heading is no word", "form\tsplit_lemma\tupos\tcount\n" + right, eval.Judgement{Words: 1, Precision: 1, Recall: 1, F1: 1}},
		{"not split: only recall suffers", right + "lichaam\tlic_haam\n", eval.Judgement{Words: 2, Precision: 1, Recall: .5, F1: 2. / 3}},
		{"other parts", right + "gemeenteraad\tgemeen_teraad\n", eval.Judgement{Words: 2, Precision: .5, Recall: .5, F1: .5}},
		{"fewer parts", "gemeenteraad\tge_meente_raad\n", eval.Judgement{Words: 1}},
		{"nothing is split", "lichaam\tlic_haam\n", eval.Judgement{Words: 1}},
		{"a stop word is compared by its letters", "voorsteden\ttegen_stad\n", eval.Judgement{Words: 1}},
		{"a word of one part is passed by", right + "huis\thuis\n", eval.Judgement{Words: 1, Precision: 1, Recall: 1, F1: 1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := eval.Compounds(strings.NewReader(tt.list), "list.tsv", a)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got, cmpopts.EquateApprox(0, 1e-9)); diff != "" || math.IsNaN(got.F1) {
				t.Error(diff)
			}
		})
	}
}

func TestCompoundsRefuses(t *testing.T) {
	for name, list := range map[string]string{
		"one column":  "bedrijventerrein\n",
		"no word":     "\tbedrijf_terrein\n",
		"nothing":     "",
		"a heading":   "form\tsplit_lemma\n",
		"broken gzip": "\x1f\x8b\x08\x00",
	} {
		if _, err := eval.Compounds(strings.NewReader(list), "list.tsv", dutch.New()); kb.CodeOf(err) != kb.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}
