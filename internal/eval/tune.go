package eval

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"leerkring/internal/kb"
	"leerkring/internal/search"
)

// knob is one number of a ranking that Tune turns.
type knob struct {
	name string
	at   func(*search.Ranking) *float64
	most float64 // 0: no limit
}

func knobs() []knob {
	return []knob{
		{"Part", func(r *search.Ranking) *float64 { return &r.Part }, 1},
		{"Summary", func(r *search.Ranking) *float64 { return &r.Summary }, 2.5},
		{"Lead", func(r *search.Ranking) *float64 { return &r.Lead }, 0},
		{"LeadHalf", func(r *search.Ranking) *float64 { return &r.LeadHalf }, 0},
		{"K1", func(r *search.Ranking) *float64 { return &r.K1 }, 3},
		{"B", func(r *search.Ranking) *float64 { return &r.B }, 0.9},
		{"QueryPart", func(r *search.Ranking) *float64 { return &r.QueryPart }, 1},
		{"LonePart", func(r *search.Ranking) *float64 { return &r.LonePart }, 1},
		{"Relative", func(r *search.Ranking) *float64 { return &r.Relative }, 1},
		{"Join", func(r *search.Ranking) *float64 { return &r.Join }, 1},
		{"Region", func(r *search.Ranking) *float64 { return &r.Region }, 0},
		{"RegionWords", func(r *search.Ranking) *float64 { return &r.RegionWords }, 1},
		{"RegionK1", func(r *search.Ranking) *float64 { return &r.RegionK1 }, 0},
		{"Place", func(r *search.Ranking) *float64 { return &r.Place }, 1},
		{"ThemeWord", func(r *search.Ranking) *float64 { return &r.ThemeWord }, 1},
		{"Near", func(r *search.Ranking) *float64 { return &r.Near }, 1},
		{"Phrase", func(r *search.Ranking) *float64 { return &r.Phrase }, 1},
	}
}

// TuneOptions say what Tune turns and where it works.
type TuneOptions struct {
	Start search.Ranking
	// Only names the numbers that may change, as in search.Ranking; all that Tune
	// knows when it is empty.
	Only []string
	// Dir is an empty folder for indexes.
	Dir string
	// Say is told of each gain.
	Say func(string)
}

// Tuning is what Tune found.
type Tuning struct {
	Ranking search.Ranking
	// Start and Tuned are the means over the sets, of all queries.
	Start, Tuned Quality
	// Held is the same when no query had a part in the choice of the numbers that it
	// was judged with: each fold of the queries is judged with those that were best
	// for the other folds.
	Held Quality
}

// Quality is a mean over sets of queries.
type Quality struct{ NDCG, Recall float64 }

// goal is what Tune makes as large as it can: the first page above all.
func (q Quality) goal() float64 { return q.NDCG + 0.3*q.Recall }

const folds = 3

// Tune looks for better numbers for a ranking by turning one at a time, up and
// down by ever smaller steps, over the queries of all sets, and checks the choice
// by cross-validation. Invalid for a number that it does not know; the other
// errors are those of the index and of ctx.
func Tune(ctx context.Context, sets []*Set, opts TuneOptions) (Tuning, error) {
	chosen, err := knobsNamed(opts.Only)
	if err != nil {
		return Tuning{}, err
	}
	t := &tuner{sets: sets, dir: opts.Dir, knobs: chosen, known: map[search.Ranking][][]Quality{}}
	all := func(string) bool { return true }
	var out Tuning
	if out.Start, err = t.quality(ctx, opts.Start, all); err != nil {
		return out, err
	}
	if out.Ranking, out.Tuned, err = t.climb(ctx, opts.Start, all, opts.Say); err != nil {
		return out, err
	}
	held := make([][]Quality, len(sets))
	for s := range sets {
		held[s] = make([]Quality, len(sets[s].Queries))
	}
	for fold := range uint32(folds) {
		best, _, err := t.climb(ctx, opts.Start, func(id string) bool { return foldOf(id) != fold }, func(string) {})
		if err != nil {
			return out, err
		}
		for s := range sets {
			for i, q := range sets[s].Queries {
				if foldOf(q.ID) == fold {
					held[s][i] = t.known[best][s][i]
				}
			}
		}
	}
	out.Held = t.mean(held, all)
	return out, nil
}

func knobsNamed(only []string) ([]knob, error) {
	if len(only) == 0 {
		return knobs(), nil
	}
	var out []knob
	for _, name := range only {
		i := slices.IndexFunc(knobs(), func(k knob) bool { return strings.EqualFold(k.name, name) })
		if i < 0 {
			return nil, kb.Errorf(kb.Invalid, kb.Text{
				NL: "Er is geen getal %q om aan te draaien.",
				EN: "There is no number %q to turn.",
			}, name)
		}
		out = append(out, knobs()[i])
	}
	return out, nil
}

func foldOf(id string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id)) // never fails (hash.Hash)
	return h.Sum32() % folds
}

// tuner remembers the quality of every query with every ranking that was tried.
type tuner struct {
	sets  []*Set
	dir   string
	knobs []knob
	known map[search.Ranking][][]Quality // by set and query
}

func (t *tuner) climb(ctx context.Context, r search.Ranking, among func(id string) bool, say func(string)) (search.Ranking, Quality, error) {
	best, err := t.quality(ctx, r, among)
	if err != nil {
		return r, best, err
	}
	for _, step := range []float64{1.5, 1.25} {
		for _, k := range t.knobs {
			for _, factor := range []float64{step, 1 / step} {
				tried := r
				at := k.at(&tried)
				*at *= factor
				if k.most > 0 {
					*at = min(*at, k.most)
				}
				q, err := t.quality(ctx, tried, among)
				if err != nil {
					return r, best, err
				}
				if q.goal() > best.goal()+1e-4 {
					r, best = tried, q
					say(fmt.Sprintf("%s %.3f: nDCG@10 %.4f, recall@100 %.4f", k.name, *at, q.NDCG, q.Recall))
					break
				}
			}
		}
	}
	return r, best, nil
}

// quality gives the mean over the sets of some queries of each.
func (t *tuner) quality(ctx context.Context, r search.Ranking, among func(id string) bool) (Quality, error) {
	found, ok := t.known[r]
	if !ok {
		var err error
		if found, err = t.try(ctx, r); err != nil {
			return Quality{}, err
		}
		t.known[r] = found
	}
	return t.mean(found, among), nil
}

// mean gives the mean over the sets that have any of some queries.
func (t *tuner) mean(found [][]Quality, among func(id string) bool) Quality {
	var mean Quality
	sets := 0.0
	for s, set := range t.sets {
		var sum Quality
		n := 0.0
		for i, q := range set.Queries {
			if among(q.ID) {
				sum.NDCG += found[s][i].NDCG
				sum.Recall += found[s][i].Recall
				n++
			}
		}
		if n > 0 {
			mean.NDCG += sum.NDCG / n
			mean.Recall += sum.Recall / n
			sets++
		}
	}
	return Quality{mean.NDCG / max(1, sets), mean.Recall / max(1, sets)}
}

// try runs all queries with a ranking. An index that was made for the same
// numbers is there still; the others are put in its place.
func (t *tuner) try(ctx context.Context, r search.Ranking) ([][]Quality, error) {
	out := make([][]Quality, len(t.sets))
	work, ctx := errgroup.WithContext(ctx)
	work.SetLimit(2)
	for s, set := range t.sets {
		work.Go(func() error {
			dir := filepath.Join(t.dir, fmt.Sprint(s))
			if err := os.MkdirAll(dir, 0o755); err != nil {
				return err
			}
			c, err := Open(ctx, set, dir, search.Options{Ranking: &r})
			if err != nil {
				return err
			}
			outcomes, err := c.Run(ctx, set.Queries)
			for i := range outcomes {
				out[s] = append(out[s], Quality{outcomes[i].NDCG(), outcomes[i].Recall()})
			}
			return errors.Join(err, c.Close())
		})
	}
	return out, work.Wait()
}
