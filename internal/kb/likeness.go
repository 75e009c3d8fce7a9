package kb

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

const (
	// shingleWords is how many words in a row make a shingle.
	shingleWords = 5
	// likenessBands × likenessRows are the hashes of a MinHash signature.
	likenessBands = 24
	likenessRows  = 5
	// fewestShingles is how many a text has at least before it has bands: below that
	// it is a page number and a title, which say nothing.
	fewestShingles = 20
	// likenessExact is up to how many bytes of text Likeness is exact. Of longer texts
	// it looks at a share of the shingles, the same of both.
	likenessExact = 1 << 20
)

// Bands gives the terms by which files with nearly the same text are found: two
// texts that share a term may be alike, and Likeness says how much. It gives 24 terms, or none
// for a text of a few words.
//
// It is MinHash with banding (A. Broder, On the resemblance and containment of
// documents, 1997; Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, 3.4) over
// shingles of five folded words within a page, so that the order of slides is no
// matter. With b bands of r rows texts of likeness s share a term with probability
// 1-(1-s^r)^b: 24 of 5 give .9999 at .8, .53 at .5 and .06 at .3. The hashes are
// fixed: terms of today are those of next year. Memory does not grow with the text.
func Bands(r *Reading) []string {
	factors, lowest := likenessFactors(), [likenessBands * likenessRows]uint64{}
	for i := range lowest {
		lowest[i] = math.MaxUint64
	}
	count := 0
	for h := range shingles(r) {
		count++
		for i, f := range factors {
			lowest[i] = min(lowest[i], h*f)
		}
	}
	if count < fewestShingles {
		return nil
	}
	bands := make([]string, likenessBands)
	for b := range bands {
		h := uint64(0)
		for _, low := range lowest[b*likenessRows : (b+1)*likenessRows] {
			h = mix(h ^ low)
		}
		bands[b] = fmt.Sprintf("%02d-%016x", b, h)
	}
	return bands
}

// likenessFactors gives odd numbers: a product with one of them, modulo 2^64, is
// another order of all hashes.
func likenessFactors() [likenessBands * likenessRows]uint64 {
	var f [likenessBands * likenessRows]uint64
	for i := range f {
		f[i] = mix(uint64(i)+1) | 1
	}
	return f
}

// Likeness is how much of two texts is the same, from 0 to 1: the shingles of both
// among those of either (Jaccard). Texts without words are like nothing. Over 1 MiB
// it is an estimate from at least a hundred thousand bytes' worth of shingles, and
// takes no more memory.
func Likeness(a, b *Reading) float64 {
	share := uint64(1 + max(textSize(a), textSize(b))/likenessExact)
	x, y := shingleSet(a, share), shingleSet(b, share)
	both := 0
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i] < y[j]:
			i++
		case x[i] > y[j]:
			j++
		default:
			both, i, j = both+1, i+1, j+1
		}
	}
	if both == 0 {
		return 0
	}
	return float64(both) / float64(len(x)+len(y)-both)
}

func textSize(r *Reading) int {
	n := 0
	for _, p := range r.Pages {
		n += len(p.Text)
	}
	return n
}

// shingleSet gives one in share of the shingles, each once and in order.
func shingleSet(r *Reading, share uint64) []uint64 {
	var set []uint64
	for h := range shingles(r) {
		if h%share == 0 {
			set = append(set, h)
		}
	}
	slices.Sort(set)
	return slices.Compact(set)
}

// shingles gives the hash of each shingle of the pages: five words in a row, or
// all words of a page that has fewer. Notes are left out, since a deck that was
// saved as PDF has none.
func shingles(r *Reading) func(yield func(uint64) bool) {
	return func(yield func(uint64) bool) {
		for _, p := range r.Pages {
			var words [shingleWords]uint64
			n := 0
			for word := range strings.FieldsSeq(Fold(p.Text)) {
				copy(words[:], words[1:])
				words[shingleWords-1] = hashWord(word)
				n++
				if n >= shingleWords && !yield(hashShingle(words)) {
					return
				}
			}
			if n > 0 && n < shingleWords && !yield(hashShingle(words)) {
				return
			}
		}
	}
}

// hashWord is FNV-1a of 64 bits.
func hashWord(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

func hashShingle(words [shingleWords]uint64) uint64 {
	h := uint64(0)
	for _, w := range words {
		h = mix(h ^ w)
	}
	return h
}

// mix is the finaliser of SplitMix64 (Steele, Lea, Flood, 2014): each bit of the
// result depends on all bits of x.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
