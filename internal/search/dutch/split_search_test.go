package dutch_test

import (
	"flag"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"leerkring/internal/eval"
	"leerkring/internal/search/dutch"
	"leerkring/internal/search/dutch/internal/compound"
	"leerkring/internal/search/dutch/internal/lexicon"
)

var folds = flag.Int("folds", 0, "search for the prices of compounds: 1 on all words, more to judge the search on words it has not seen")

// example is a word that a person judged; one without lemmas is no compound.
type example struct {
	eval.CompoundRow
	foreign bool // of the list from elsewhere
}

// TestSearchPrices looks for the prices of compound.Default: it changes one price
// at a time, keeps what gains, and does so again. With -folds 5 it does that five
// times, from a first guess and on four fifths of the words, and judges the rest.
func TestSearchPrices(t *testing.T) {
	if *folds == 0 {
		t.Skip("-folds is not given: the search takes minutes")
	}
	s := &search{words: readWords(t), families: readFamilies(t), terms: dutch.New(), prices: compound.Default()}
	examples := readExamples(t)
	t.Log("now:", s.judge(examples))
	if *folds == 1 {
		s.run(examples)
		t.Logf("found: %v\n%+v", s.judge(examples), s.prices)
		return
	}
	var all outcome
	for k := range *folds {
		var train, test []example
		for i, e := range examples {
			if i%*folds == k {
				test = append(test, e)
			} else {
				train = append(train, e)
			}
		}
		s.prices = guess()
		s.run(train)
		all.add(s.judge(test))
	}
	t.Log("unseen:", all)
}

// guess gives prices that nobody has searched for.
func guess() compound.Weights {
	return compound.Weights{
		Part: 10, FamilyFirst: .9, FamilyLast: .9, Two: 6, Three: 2, Four: 1, Marked: 2,
		RootFirst: 2, AdjectiveFirst: 2, FormFirst: 5, PlainFirst: 2,
		NameFirst: 4, AbbreviationFirst: 4, EnglishFirst: 4, Particle: 2, Prefix: 2, Numeral: 2,
		LinkOdd: 4, LinkMissing: 4, LinkRare: 4,
		AdjectiveLast: 2, ParticipleLast: 2, RootLast: 4, PlainLast: 2, AbbreviationLast: 4, EnglishLast: 4, Tail: 0, Deverbal: 2,
		Hyphen: 2, Strange: 4, StrangeLetter: 1, Unknown: 20,
		Whole: 18, Letter: .4, Listed: -4, Noun: -2, Adjective: -2, Verb: -6, Name: -6, English: -6,
	}
}

// search holds what does not change during a search, and the prices that do.
type search struct {
	words    *lexicon.Words
	families compound.Families
	terms    *dutch.Analyzer
	prices   compound.Weights
}

// outcome counts the words, those split, and those split right, of compounds from
// elsewhere, our own compounds, and whole words.
type outcome struct {
	words, split, right [3]int
}

func (o *outcome) add(p outcome) {
	for i := range o.words {
		o.words[i] += p.words[i]
		o.split[i] += p.split[i]
		o.right[i] += p.right[i]
	}
}

func (o outcome) f1(i int) float64 {
	return 2 * float64(o.right[i]) / math.Max(1, float64(o.split[i]+o.words[i]))
}

// gain is what the search makes larger. A whole word that is split counts
// more, since it spoils what was right without compounds.
func (o outcome) gain() float64 {
	return o.f1(0) + o.f1(1)/2 - 2.5*float64(o.split[2])/math.Max(1, float64(o.words[2]))
}

func (s *search) judge(examples []example) outcome {
	var out outcome
	splitter := compound.New(s.words, s.families, s.prices)
	for _, e := range examples {
		kind := 1
		switch {
		case e.Lemmas == nil:
			kind = 2
		case e.foreign:
			kind = 0
		}
		out.words[kind]++
		parts := splitter.Split(e.Word)
		if parts != nil {
			out.split[kind]++
		}
		if e.Lemmas != nil && e.Right(s.terms, parts) {
			out.right[kind]++
		}
	}
	return out
}

func (s *search) run(examples []example) {
	prices := reflect.ValueOf(&s.prices).Elem()
	best := s.judge(examples).gain()
	for range 4 {
		before := best
		for i := range prices.NumField() {
			for _, step := range []float64{-2, -1, -.5, -.2, .2, .5, 1, 2} {
				if name := prices.Type().Field(i).Name; strings.HasPrefix(name, "Family") || name == "Letter" {
					step /= 5
				}
				was := prices.Field(i).Float()
				prices.Field(i).SetFloat(was + step)
				gain := s.judge(examples).gain()
				if gain <= best+1e-9 {
					prices.Field(i).SetFloat(was)
					continue
				}
				best = gain
			}
		}
		if best == before {
			return
		}
	}
}

// readExamples reads all judged words, in an order without meaning.
func readExamples(t *testing.T) []example {
	t.Helper()
	var out []example
	for _, r := range readCompounds(t, filepath.Join("testdata", "compounds.tsv")) {
		out = append(out, example{CompoundRow: r})
	}
	for _, w := range readWhole(t) {
		out = append(out, example{CompoundRow: eval.CompoundRow{Word: w}})
	}
	if dir, ok := os.LookupEnv("LEERKRING_TESTDATA"); ok {
		for _, r := range readCompounds(t, filepath.Join(dir, "vocabularies", "compounds_dev.tsv")) {
			out = append(out, example{CompoundRow: r, foreign: true})
		}
	}
	rand.New(rand.NewPCG(7, 7)).Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

func readWords(t *testing.T) *lexicon.Words {
	t.Helper()
	transducer, err := os.ReadFile(filepath.Join("data", "words.fst"))
	if err != nil {
		t.Fatal(err)
	}
	readings, err := os.ReadFile(filepath.Join("data", "readings.txt"))
	if err != nil {
		t.Fatal(err)
	}
	words, err := lexicon.Load(transducer, string(readings))
	if err != nil {
		t.Fatal(err)
	}
	return words
}

func readFamilies(t *testing.T) compound.Families {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("data", "compounds.txt"))
	if err != nil {
		t.Fatal(err)
	}
	families, err := compound.ReadFamilies(string(text))
	if err != nil {
		t.Fatal(err)
	}
	return families
}
