package eval

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"time"
)

// Result is the judgement of a run. The means are over its queries.
type Result struct {
	Queries   int     `json:"queries"`
	Documents int     `json:"documents"`
	NDCG      float64 `json:"ndcg_10"`
	Recall    float64 `json:"recall_100"`
	MRR       float64 `json:"mrr_10"`
	Success   float64 `json:"success_1"`
	P50       float64 `json:"p50_ms"`
	P95       float64 `json:"p95_ms"`
}

// Judge sums up the outcomes of a run over a collection of so many documents. There
// must be at least one. Quality is rounded to 6 decimals, times to microseconds.
func Judge(outcomes []Outcome, documents int) Result {
	r := Result{Queries: len(outcomes), Documents: documents}
	took := make([]time.Duration, len(outcomes))
	for i := range outcomes {
		o := &outcomes[i]
		took[i] = o.Took
		r.NDCG += o.NDCG()
		r.Recall += o.Recall()
		if rank := o.Rank(); rank > 0 && rank <= cutoff {
			r.MRR += 1 / float64(rank)
			if rank == 1 {
				r.Success++
			}
		}
	}
	for _, mean := range []*float64{&r.NDCG, &r.Recall, &r.MRR, &r.Success} {
		*mean = math.Round(*mean/float64(len(outcomes))*1e6) / 1e6
	}
	slices.Sort(took)
	r.P50, r.P95 = milliseconds(took, 50), milliseconds(took, 95)
	return r
}

// milliseconds gives a percentile of sorted times, by nearest rank.
func milliseconds(sorted []time.Duration, percent int) float64 {
	at := (len(sorted)*percent + 99) / 100
	return float64(sorted[max(at, 1)-1].Microseconds()) / 1000
}

// cutoff is how far down the list NDCG and MRR look.
const cutoff = 10

// NDCG is the normalised discounted cumulative gain of the first 10 hits
// (Järvelin and Kekäläinen, 2002), between 0 and 1: a hit gains its grade divided
// by log2(rank+1), and the sum is divided by that of the best possible order of
// all that is relevant. For judgements of yes and no it makes no difference that
// others take 2^grade-1 for the gain; trec_eval takes the grade too.
func (o *Outcome) NDCG() float64 {
	gain := 0.0
	for i, id := range o.Found[:min(cutoff, len(o.Found))] {
		gain += float64(o.Grades[id]) / math.Log2(float64(i)+2)
	}
	ideal := 0.0
	grades := make([]int, 0, len(o.Grades))
	for _, g := range o.Grades {
		grades = append(grades, g)
	}
	slices.SortFunc(grades, func(a, b int) int { return cmp.Compare(b, a) })
	for i, g := range grades[:min(cutoff, len(grades))] {
		ideal += float64(g) / math.Log2(float64(i)+2)
	}
	return gain / ideal
}

// Recall is the part of what is relevant that is among the hits.
func (o *Outcome) Recall() float64 {
	found := 0
	for _, id := range o.Found {
		if o.Grades[id] > 0 {
			found++
		}
	}
	return float64(found) / float64(len(o.Grades))
}

// Rank is the place of the first relevant hit, from 1; 0 when there is none.
func (o *Outcome) Rank() int {
	for i, id := range o.Found {
		if o.Grades[id] > 0 {
			return i + 1
		}
	}
	return 0
}

// WriteOutcomes writes a table with tabs, a line for each query: its id, NDCG, the
// rank of its first relevant hit and its text, so that two runs can be compared.
func WriteOutcomes(w io.Writer, outcomes []Outcome) error {
	if _, err := fmt.Fprintln(w, "query-id\tndcg_10\trank\ttext"); err != nil {
		return err
	}
	for i := range outcomes {
		o := &outcomes[i]
		if _, err := fmt.Fprintf(w, "%s\t%.4f\t%d\t%s\n", o.ID, o.NDCG(), o.Rank(), oneLine(o.Text)); err != nil {
			return err
		}
	}
	return nil
}
