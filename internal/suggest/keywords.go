package suggest

import (
	"context"
	"math"
	"slices"
	"strings"

	"leerkring/internal/kb"
)

const (
	sureKeyword = .6 // of documents had one of them in their title
	// mostAsked is of how many phrases the collection is asked how frequent they are.
	mostAsked = 30
)

// keywords are the phrases of one to three words with the highest tf-idf against
// the collection: how many materials have a phrase, a search for it tells.
func (g *gathering) keywords(ctx context.Context, c Collection) error {
	candidates := g.phrases()
	all, err := c.Search(ctx, kb.System(), kb.SearchRequest{})
	if err != nil {
		return err
	}
	for i := range candidates {
		x := &candidates[i]
		found, err := c.Search(ctx, kb.System(), kb.SearchRequest{Text: `"` + x.value + `"`, AsTyped: true})
		if err != nil {
			return err
		}
		rare := math.Log(float64(all.Total+2) / float64(found.Total+1))
		x.n = int(1000 * float64(x.n) * rare * math.Sqrt(float64(1+strings.Count(x.value, " "))))
	}
	for _, x := range most(candidates) {
		if x.n > 0 && !slices.Contains(g.common.Keywords, x.value) {
			g.add("keywords", x.value, x.value, sureKeyword, x.at)
		}
	}
	return nil
}

// phrases gives the most frequent phrases that neither begin nor end with a word that says nothing.
func (g *gathering) phrases() []counted {
	found := map[string]*counted{}
	words := g.text.words
	for i := range words {
		for n := 1; n <= 3 && i+n <= len(words); n++ {
			last := words[i+n-1]
			if last.index != words[i].index || n > 1 && last.opens {
				break
			}
			if !tells(words[i].folded) || !tells(last.folded) || n == 1 && len(last.folded) < 6 {
				continue
			}
			at := words[i].span
			at.end = last.end
			key := strings.ToLower(strings.Join(strings.Fields(g.written(at)), " "))
			if strings.ContainsAny(key, ".,;:()/\"|•") {
				continue
			}
			if x := found[key]; x != nil {
				x.n++
			} else {
				found[key] = &counted{value: key, n: 1, at: at}
			}
		}
	}
	var out []counted
	for _, x := range found {
		if x.n > 1 {
			out = append(out, *x)
		}
	}
	slices.SortFunc(out, func(a, b counted) int {
		if d := b.n*(1+strings.Count(b.value, " ")) - a.n*(1+strings.Count(a.value, " ")); d != 0 {
			return d
		}
		return strings.Compare(a.value, b.value)
	})
	return out[:min(len(out), mostAsked)]
}

func tells(w string) bool {
	return len(w) > 3 && !stop(w) && strings.Trim(w, "0123456789") == w
}
