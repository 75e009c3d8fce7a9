package graph

import (
	"context"
	"time"

	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// mostReported is how many records or texts a part of the statistics gives.
const mostReported = 50

// Statistics is the resolver of statistics.
func (r queryResolver) Statistics(ctx context.Context, from, to *kb.Date) (*model.Statistics, error) {
	today := r.now().In(kb.DutchTime())
	first, last := dateOf(today.AddDate(0, 0, -30)), dateOf(today)
	if from != nil {
		first = *from
	}
	if to != nil {
		last = *to
	}
	reading := readingOf(ctx)
	report, err := reading.counting.Statistics(ctx, reading.actor, first, last)
	if err != nil {
		return nil, err
	}
	return statisticsOf(report), nil
}

func dateOf(t time.Time) kb.Date { return kb.Date(t.Format(time.DateOnly)) }

func statisticsOf(report *kb.StatisticsReport) *model.Statistics {
	s := &model.Statistics{From: report.From, To: report.To}
	for _, d := range report.Days {
		s.Views += d.Views
		s.Searches += d.Searches
		s.SearchesWithoutResult += d.Empty
		s.Days = append(s.Days, &model.DayCount{Day: d.Day, Views: d.Views, Searches: d.Searches, SearchesWithoutResult: d.Empty})
	}
	for _, v := range report.Views {
		if v.Entity != nil && kb.HasPage(v.Entity.Kind()) && len(s.MostViewed) < mostReported {
			s.MostViewed = append(s.MostViewed, &model.RecordViews{Record: v.Entity, Views: v.Count})
		}
	}
	for _, c := range report.Searches[:min(len(report.Searches), mostReported)] {
		s.TopSearches = append(s.TopSearches, &model.SearchCount{Text: c.Text, Count: c.Count})
	}
	for _, c := range report.Empty[:min(len(report.Empty), mostReported)] {
		s.TopSearchesWithoutResult = append(s.TopSearchesWithoutResult, &model.SearchCount{Text: c.Text, Count: c.Empty})
	}
	return s
}
