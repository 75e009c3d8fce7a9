package kb

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"
)

// StatisticsReport is what was counted in a period.
type StatisticsReport struct {
	From, To Date // both included
	// Days has one entry for each day on which anything was counted, oldest first.
	Days []DayCounts
	// Views are the records that were opened most, at most MaxReported.
	Views []ViewCount
	// Searches are the texts that were searched for most, and Empty those that found
	// nothing most often; at most MaxReported each, and only texts that were asked for
	// MinAsked times, so that they lead to no person.
	Searches []SearchCount
	Empty    []SearchCount
}

// Limits of a report.
const (
	MaxReported     = 100
	MaxReportedDays = 366
	MinAsked        = 3
)

// DayCounts are the totals of a day.
type DayCounts struct {
	Day                    Date
	Views, Searches, Empty int
}

// ViewCount is how often a record was opened.
type ViewCount struct {
	// Entity is the live record; nil for one that is gone or that the actor may not read.
	Entity Entity
	ID     ID
	Count  int
}

// SearchCount is how often was searched for a text, and how often that found nothing.
type SearchCount struct {
	Text         string
	Count, Empty int
}

// Statistics gives what was counted from one day to another, both included; for
// editors. Counts of the last minute may not be in it yet.
func (c *Counting) Statistics(ctx context.Context, actor Actor, from, to Date) (*StatisticsReport, error) {
	if err := mayEdit(actor); err != nil {
		return nil, err
	}
	if err := validSpan(from, to); err != nil {
		return nil, err
	}
	sum := &tally{views: map[ID]int{}, searches: map[string]int{}, empty: map[string]int{}, days: map[Date]DayCounts{}}
	req := SearchRequest{Kinds: []Kind{KindStatistics}, Sort: SortNewest, First: MaxPage}
	for {
		page, err := c.search.Search(ctx, actor, req)
		if err != nil {
			return nil, err
		}
		for _, h := range page.Hits {
			req.After = h.Cursor
			s, ok := h.Entity.(*Statistics)
			if ok && s.Day >= from && s.Day <= to {
				sum.add(s)
			}
			if ok && s.Day < from {
				page.HasNextPage = false // the newest come first
			}
		}
		if !page.HasNextPage || len(page.Hits) == 0 {
			break
		}
	}
	report := sum.report(from, to)
	return report, c.nameViews(ctx, actor, report.Views)
}

func validSpan(from, to Date) error {
	first, ok := from.Time()
	last, also := to.Time()
	if !ok || !also || len(from) != len("2006-01-02") || len(to) != len(from) || last.Before(first) || last.Sub(first) >= MaxReportedDays*24*time.Hour {
		return Errorf(Invalid, Text{
			"Kies een eerste en een laatste dag, zoals 2026-01-01 en 2026-03-31, hoogstens %d dagen.",
			"Choose a first and a last day, like 2026-01-01 and 2026-03-31, at most %d days.",
		}, MaxReportedDays)
	}
	return nil
}

// nameViews adds the records that were opened, as far as the actor may read them.
func (c *Counting) nameViews(ctx context.Context, actor Actor, views []ViewCount) error {
	ids := make([]ID, len(views))
	for i, v := range views {
		ids[i] = v.ID
	}
	found, err := c.store.Get(ctx, ids)
	if err != nil {
		return err
	}
	for i, v := range views {
		e, err := decodeLive(found[v.ID])
		if err != nil {
			return err
		}
		if e != nil && actor.CanRead(e) {
			views[i].Entity = Redact(actor, e)
		}
	}
	return nil
}

// tally adds up the counts of days and processes.
type tally struct {
	views           map[ID]int
	searches, empty map[string]int
	days            map[Date]DayCounts
}

func (t *tally) add(s *Statistics) {
	day := t.days[s.Day]
	day.Day = s.Day
	for id, n := range s.Views {
		t.views[id] += n
		day.Views += n
	}
	for text, n := range s.Searches {
		t.searches[text] += n
		day.Searches += n
	}
	for text, n := range s.Empty {
		t.empty[text] += n
		day.Empty += n
	}
	t.days[s.Day] = day
}

func (t *tally) report(from, to Date) *StatisticsReport {
	r := &StatisticsReport{From: from, To: to}
	for _, id := range most(t.views) {
		r.Views = append(r.Views, ViewCount{ID: id, Count: t.views[id]})
	}
	// The texts that are not kept, and those that too few asked for, are in the
	// totals of days only.
	shown := maps.Clone(t.searches)
	maps.DeleteFunc(shown, func(text string, n int) bool { return text == "" || n < MinAsked })
	for _, text := range most(shown) {
		r.Searches = append(r.Searches, SearchCount{text, t.searches[text], t.empty[text]})
	}
	maps.DeleteFunc(shown, func(text string, _ int) bool { return t.empty[text] == 0 })
	for text := range shown {
		shown[text] = t.empty[text]
	}
	for _, text := range most(shown) {
		r.Empty = append(r.Empty, SearchCount{text, t.searches[text], t.empty[text]})
	}
	for _, day := range slices.Sorted(maps.Keys(t.days)) {
		r.Days = append(r.Days, t.days[day])
	}
	return r
}

// most gives the keys with the highest counts, at most MaxReported, highest first.
func most[K ~string](counts map[K]int) []K {
	keys := slices.SortedFunc(maps.Keys(counts), func(a, b K) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	return keys[:min(len(keys), MaxReported)]
}
