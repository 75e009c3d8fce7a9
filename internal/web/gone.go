package web

import (
	"net/http"

	"leerkring/internal/web/operations"
)

// orTombstone shows a record, or what is left of one that was withdrawn, or where
// editors say that it is now.
func orTombstone(segment string, h handler) handler {
	return func(v *visit) (answer, error) {
		a, err := h(v)
		if err == nil || statusOf(err) != http.StatusNotFound {
			return a, err
		}
		k := kindAt(segment)
		r, asked := operations.Tombstone(v.Context(), v.client, v.PathValue("slug"), k.id)
		if asked != nil || r.Tombstone == nil {
			return v.movedOr(err)
		}
		p := &gonePage{layout: v.layout(r.Tombstone.Title), Name: r.Tombstone.Title, Reason: r.Tombstone.Reason}
		p.Kind = v.in(kindWhere(func(k kind) bool { return k.id == r.Tombstone.Kind }).name)
		p.When, _ = v.moment(r.Tombstone.WithdrawnAt)
		if by := r.Tombstone.ReplacedBy; by != nil && by.ID != "" {
			p.Instead = &link{Text: v.nameOf(by), URL: pathOf(by.URL)}
		}
		p.status, p.NoIndex = http.StatusGone, true
		return answer{template: "gone", page: p}, nil
	}
}

// gonePage is what is left of a record that was withdrawn.
type gonePage struct {
	*layout
	Kind, Name, When, Reason string
	// Instead is what to read now.
	Instead *link
}
