package graph

import (
	"context"

	"leerkring/graph/internal/exec"
	"leerkring/internal/kb"
)

type lessonResolver struct{ material[*kb.Lesson] }

// Lesson resolves the fields of lessons.
func (r *Resolver) Lesson() exec.LessonResolver {
	return lessonResolver{material[*kb.Lesson]{noun[*kb.Lesson]{r}}}
}

// LearnedFrom is the resolver of learnedFrom. The quote is text of the record that
// it comes from, so who may not read that record does not get the quote either.
func (lessonResolver) LearnedFrom(ctx context.Context, l *kb.Lesson) (*kb.Passage, error) {
	if l.LearnedFrom == nil {
		return nil, nil
	}
	record, err := reference[kb.Entity](ctx, l.LearnedFrom.Record)
	if err != nil || record == nil {
		return nil, err
	}
	return l.LearnedFrom, nil
}

type passageResolver struct{}

// Passage resolves the fields of passages.
func (r *Resolver) Passage() exec.PassageResolver { return passageResolver{} }

// Record is the resolver of record.
func (passageResolver) Record(ctx context.Context, p *kb.Passage) (kb.Entity, error) {
	return reference[kb.Entity](ctx, p.Record)
}
