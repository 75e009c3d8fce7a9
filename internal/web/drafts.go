package web

import (
	"net/url"

	"leerkring/internal/web/operations"
)

// drafts is what someone is writing.
func drafts(v *visit) (answer, error) {
	query := only(v.URL.Query(), paramAfter)
	r, err := operations.Drafts(v.Context(), v.client, query.Get(paramAfter))
	if err != nil {
		return answer{}, err
	}
	p := v.tables("drafts.title")
	p.Intro = p.T("drafts.intro")
	if len(v.asking.Creatable) > 0 {
		p.Ways = []link{{Text: p.T("menu.new"), URL: p.Link("/nieuw")}}
	}
	t := table{Columns: p.columns("col.title", "col.kind", "col.status", "col.changed"), Empty: p.T("drafts.none")}
	for _, d := range r.Drafts.Nodes {
		name := cell{Text: v.nameOf(&d), URL: p.Link("/bewerken/" + url.PathEscape(d.ID))}
		if !may(d.ViewerCan, operations.RecordActionEdit) {
			name.URL = p.Link(pathOf(d.URL))
		}
		s := v.standing(p.layout, &d)
		status := cell{Text: v.text(message("status." + string(d.Work().Status)))}
		if s != nil && s.Asked != "" {
			status.Text, status.Note = p.T("drafts.asked"), s.Asked
		}
		t.Rows = append(t.Rows, []cell{name, {Text: v.in(kindOf(d.Type).name)}, status, {Text: v.when(d.Work().UpdatedAt)}})
	}
	p.Tables = []table{t}
	p.turn("/mijn/concepten", query, r.Drafts.PageInfo)
	return p.answer(), nil
}

// The parameters of the review queue.
const (
	paramPart = "deel"
	paramMine = "mij"
)

// queueParts are the parts of the review queue by the word in its address.
func queueParts() []struct {
	word string
	part operations.ReviewQueuePart
} {
	return []struct {
		word string
		part operations.ReviewQueuePart
	}{
		{"", operations.ReviewQueuePartSubmitted}, {"gepland", operations.ReviewQueuePartScheduled}, {"herzien", operations.ReviewQueuePartReviewDue},
	}
}

// queue is what waits for editors.
func queue(v *visit) (answer, error) {
	query := only(v.URL.Query(), paramPart, paramMine, paramAfter)
	filter := operations.ReviewQueueFilter{Part: operations.ReviewQueuePartSubmitted, Mine: query.Get(paramMine) == "1"}
	p := v.tables("queue.title")
	for _, part := range queueParts() {
		to := url.Values{}
		if part.word != "" {
			to.Set(paramPart, part.word)
		}
		item := menuItem{Text: p.T(message("queue." + string(part.part))), URL: p.Link(address("/redactie", to))}
		if query.Get(paramPart) == part.word && !filter.Mine {
			filter.Part, item.Current = part.part, "page"
		}
		p.Tabs = append(p.Tabs, item)
	}
	mine := menuItem{Text: p.T("queue.mine"), URL: p.Link("/redactie?" + paramMine + "=1")}
	if filter.Mine {
		mine.Current = "page"
	}
	p.Tabs = append(p.Tabs, mine)
	r, err := operations.ReviewQueue(v.Context(), v.client, filter, query.Get(paramAfter))
	if err != nil {
		return answer{}, err
	}
	t := table{Columns: p.columns("col.title", "col.kind", "col.status", "col.submitted", "col.reviewer"), Empty: p.T("queue.none")}
	for _, d := range r.ReviewQueue.Nodes {
		t.Rows = append(t.Rows, v.queued(p, &d))
	}
	p.Tables = []table{t}
	p.turn("/redactie", query, r.ReviewQueue.PageInfo)
	return p.answer(), nil
}

// queued is one record that waits.
func (v *visit) queued(p *tablePage, d *operations.Record) []cell {
	row := []cell{{Text: v.nameOf(d), URL: p.Link("/redactie/" + url.PathEscape(d.ID))}, {Text: v.in(kindOf(d.Type).name)}, {Text: v.text(message("status." + string(d.Work().Status)))}, {}, {}}
	if d.WorkingCopy != nil {
		row[2].Note = p.T("queue.copy")
	}
	review := d.Work().Review
	switch {
	case review == nil:
		row[3].Text = p.Lang.date(d.ReviewBy)
		return row
	case review.PublishAt != nil:
		row[3].Text = v.text("standing.scheduled", v.when(*review.PublishAt))
	case review.SubmittedAt != nil:
		row[3] = cell{Text: v.when(*review.SubmittedAt), Note: v.who(review.SubmittedBy)}
	}
	if review.Reviewer != nil {
		row[4].Text = v.who(review.Reviewer)
	}
	return row
}
