package graph

import (
	"context"
	"slices"

	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// Judge is the resolver of judge.
func (r queryResolver) Judge(ctx context.Context, list kb.ID) (*model.JudgementReport, error) {
	actor := readingOf(ctx).actor
	lists, err := r.editorial.JudgementLists(ctx, actor)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(lists, func(l *kb.JudgementList) bool { return l.ID == list })
	if i < 0 {
		return nil, nil
	}
	judged, err := r.editorial.Judge(ctx, actor, lists[i])
	if err != nil {
		return nil, err
	}
	report := &model.JudgementReport{Recall: judged.Recall, Mrr: judged.MRR}
	for _, q := range judged.Queries {
		result := &model.JudgementResult{Text: q.Query.Text, Recall: q.Recall, Reciprocal: q.Reciprocal}
		for _, place := range q.Places {
			result.Places = append(result.Places, positive(place))
		}
		report.Queries = append(report.Queries, result)
	}
	return report, nil
}

// PutJudgementList is the resolver of putJudgementList.
func (r mutationResolver) PutJudgementList(ctx context.Context, input model.JudgementListInput) (*model.PutJudgementListPayload, error) {
	l := judgementListOf(input)
	seq, err := r.editorial.PutJudgements(ctx, readingOf(ctx).actor, l)
	wrong, err := mendable(ctx, err)
	if err != nil {
		return nil, err
	}
	if len(wrong) > 0 {
		return &model.PutJudgementListPayload{UserErrors: wrong}, nil
	}
	return &model.PutJudgementListPayload{Record: l, Sequence: sequence(ctx, seq)}, nil
}

// DeleteJudgementList is the resolver of deleteJudgementList.
func (r mutationResolver) DeleteJudgementList(ctx context.Context, input model.DeleteJudgementListInput) (*model.DeleteJudgementListPayload, error) {
	seq, err := r.editorial.DeleteJudgements(ctx, readingOf(ctx).actor, input.ID, input.Version)
	wrong, err := mendable(ctx, err)
	if err != nil {
		return nil, err
	}
	if len(wrong) > 0 {
		return &model.DeleteJudgementListPayload{UserErrors: wrong}, nil
	}
	return &model.DeleteJudgementListPayload{ID: &input.ID, Sequence: sequence(ctx, seq)}, nil
}

// judgementListOf gives what an input says. What is absent or null has its default.
func judgementListOf(in model.JudgementListInput) *kb.JudgementList {
	l := &kb.JudgementList{Name: in.Name}
	l.ID, l.Version = deref(in.ID), deref(in.Version)
	for _, q := range in.Queries {
		judged := kb.JudgedQuery{Text: q.Text}
		for _, w := range q.Wanted {
			judged.Wanted = append(judged.Wanted, kb.Wanted{Record: w.Record, Grade: w.Grade, Why: deref(w.Why)})
		}
		l.Queries = append(l.Queries, judged)
	}
	return l
}
