package kb

import "context"

// Judged is how the search does on a judgement list.
type Judged struct {
	Queries []JudgedPlaces
	// Recall and MRR are the means over the queries.
	Recall, MRR float64
}

// JudgedPlaces is how the search does on one query.
type JudgedPlaces struct {
	Query  JudgedQuery
	Places []int // of Query.Wanted, from 1; 0 when it is not among the first 100
	// Recall is the part of the wanted records among the first 10 hits, 0 to 1.
	Recall float64
	// Reciprocal is 1 / the best place of a wanted record, 0 when none was found.
	Reciprocal float64
}

// recallAt is among how many hits a wanted record counts as found.
const recallAt = 10

// Judge searches for the queries of a list as a visitor does.
func (ed *Editorial) Judge(ctx context.Context, actor Actor, l *JudgementList) (Judged, error) {
	if err := mayEdit(actor); err != nil {
		return Judged{}, err
	}
	var out Judged
	for _, q := range l.Queries {
		found, err := ed.search.Search(ctx, Visitor(), SearchRequest{Text: q.Text, First: MaxPage})
		if err != nil {
			return Judged{}, err
		}
		judged := judge(q, ranks(found.Hits))
		out.Queries = append(out.Queries, judged)
		out.Recall += judged.Recall / float64(len(l.Queries))
		out.MRR += judged.Reciprocal / float64(len(l.Queries))
	}
	return out, nil
}

func judge(q JudgedQuery, ranks map[ID]int) JudgedPlaces {
	out := JudgedPlaces{Query: q, Places: make([]int, len(q.Wanted))}
	for i, w := range q.Wanted {
		place := ranks[w.Record]
		out.Places[i] = place
		if place == 0 {
			continue
		}
		out.Reciprocal = max(out.Reciprocal, 1/float64(place))
		if place <= recallAt {
			out.Recall += 1 / float64(len(q.Wanted))
		}
	}
	return out
}
