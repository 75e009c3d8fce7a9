package search

import (
	"fmt"
	"math"
)

// Ranking holds every number that the order of hits depends on. DefaultRanking
// is what is used; docs/search.md tells how it was chosen.
//
// The score of a document is a sum over the concepts of the query, each a word
// with everything that stands for it. It is BM25F in its first form (Robertson,
// Zaragoza, Taylor: Simple BM25 Extension to Multiple Weighted Fields, 2004):
// the occurrences of all fields are weighted and added up before saturation, and
// normalised by the length of the whole document.
type Ranking struct {
	// Title, Summary, Names and Body are what one occurrence counts. They, Part and
	// Lead are put into the index: changing them means that it is built anew.
	Title, Summary, Names, Body float64
	// Files is what one occurrence counts in the page of its files where a word stands
	// most often; the other pages add nothing, and a page is normalised by no length,
	// so that a long report is as good as its best page. It is put into the index too.
	Files float64
	// Part is what a part of a compound counts, against the word itself.
	Part float64
	// Lead is added to a word's count when its first occurrence in the body is the
	// body's first word; it falls off as 1/(1 + words before it/LeadHalf).
	Lead, LeadHalf float64

	// K1 is how soon further occurrences stop counting, B how far the length of a
	// document is held against it.
	K1, B float64
	// QueryPart is the weight of the parts of a compound in the query; LonePart that
	// of parts of a compound that no document has.
	QueryPart, LonePart float64
	// Relative is the weight of words of the same family: duurzaam, duurzaamheid.
	Relative float64
	// Synonym is the weight of other words for the same thing.
	Synonym float64
	// Join is the weight of two words of the query written as one.
	Join float64
	// Region is the weight of a recognised region, RegionWords what is left of the
	// weight of the words that name it, RegionK1 how soon it saturates.
	Region, RegionWords, RegionK1 float64
	// Place is the weight of the names of the places in a recognised municipality,
	// against its own name; half of it is that of a municipality's name when one of
	// its places was typed.
	Place float64
	// Theme is the weight of a recognised theme or organisation as a value of the
	// document, ThemeWord that of the other words for the same theme.
	Theme, ThemeWord float64
	// Common is the share of the documents that a word may be in to find any by
	// itself beside words that tell more.
	Common float64
	// Near and Phrase are gained when neighbours in the query stand near each other
	// in the text, or side by side; Window is how near, in words.
	Near, Phrase float64
	Window       int
	// Together is gained, as a share of the weight of the words that stand there, when
	// one page of the files says nearly all of a query of more than two words.
	Together float64
	// Fresh and Lesson are gained, as a share of the score, by what is as new as the
	// newest of the collection (falling off by half each FreshYears) and by lessons.
	Fresh, FreshYears, Lesson float64
}

// DefaultRanking is the ranking of production.
func DefaultRanking() Ranking {
	return Ranking{
		Title: 2.5, Summary: 2.2, Names: 1.5, Body: 1, Files: 0.3, Part: 0.5, Lead: 1.2, LeadHalf: 30,
		K1: 1.9, B: 0.5, QueryPart: 0.3, LonePart: 0.8, Relative: 0.4, Synonym: 0.5, Join: 0.3,
		Region: 0.65, RegionWords: 0.3, RegionK1: 0.55, Place: 0.7, Theme: 0.4, ThemeWord: 0.15,
		Common: 0.25, Near: 0.2, Phrase: 0.4, Window: 8, Together: 0.3, Fresh: 0.02, FreshYears: 4, Lesson: 0.02,
	}
}

// indexed names the part of a ranking that is put into the index.
func (r *Ranking) indexed() string {
	return fmt.Sprint(r.Title, r.Summary, r.Names, r.Body, r.Files, r.Part, r.Lead, r.LeadHalf)
}

// unit is how many parts of an occurrence the index counts in.
const unit = 10

func units(occurrences float64) int { return int(math.Round(occurrences * unit)) }

// files gives the units that a word gains by its place in files, where most is what
// it has in the page that has most of it, in tenths of an occurrence.
func (r *Ranking) files(most int) int {
	if most == 0 {
		return 0
	}
	return min(max(1, int(math.Round(r.Files*float64(most)))), maxFiles)
}

// lead gives the units gained by a word that first stands after n other words of
// the body: in a few steps, so that most words are written alike.
func (r *Ranking) lead(n int) int {
	if n >= 4*int(r.LeadHalf) {
		return 0
	}
	return units(r.Lead / (1 + float64(n/8*8)/r.LeadHalf))
}

// maxFiles is the most units that files can add to a word.
const maxFiles = 255

// encodeWeight writes the units of a word in a document and in its files, and
// whether it stands there as a whole word, as the frequency that the index keeps.
// Odd is what stands in no file: then 1 is a word that stands once in the body,
// since an index writes 1 in the least space.
func encodeWeight(units, files int, whole bool) int {
	if files > 0 {
		code := 2 * units
		if whole {
			code++
		}
		return 2 * (code<<8 | min(files, maxFiles))
	}
	code := 2 * max(1, units)
	if whole {
		code = 1 + 2*max(0, units-unit)
	}
	return 2*code - 1
}

func decodeWeight(frequency uint64) (units uint32, files uint8, whole bool) {
	if frequency&1 == 0 {
		code := frequency / 2 >> 8
		return uint32(code / 2), uint8(frequency / 2 & maxFiles), code&1 == 1
	}
	code := (frequency + 1) / 2
	if code&1 == 1 {
		return uint32(code-1)/2 + unit, 0, true
	}
	return uint32(code / 2), 0, false
}

// inverseDocumentFrequency is the form that stays above 0 (Lucene's BM25).
func inverseDocumentFrequency(frequency, n int) float64 {
	return math.Log(1 + (float64(n-frequency)+0.5)/(float64(frequency)+0.5))
}
