package web

import (
	"leerkring/internal/web/operations"
)

// notifications is what happened that concerns who is asking.
func notifications(v *visit) (answer, error) {
	query := only(v.URL.Query(), paramAfter)
	r, err := operations.Notifications(v.Context(), v.client, query.Get(paramAfter))
	if err != nil {
		return answer{}, err
	}
	p := v.tables("notifications.title")
	if v.asking.UnreadNotifications > 0 {
		p.Buttons = []button{{Action: p.Link("/meldingen"), Text: p.T("notifications.read")}}
	}
	p.Ways = []link{{Text: p.T("notifications.mail"), URL: p.Link("/profiel/mail")}}
	t := table{Columns: p.columns("col.what", "col.record", "col.when"), Empty: p.T("notifications.none")}
	for _, n := range r.Notifications.Nodes {
		what := cell{Text: n.Text, Note: n.Note}
		if n.ReadAt.IsZero() {
			what.Text = p.T("notifications.new") + " " + n.Text
		}
		about := cell{}
		if n.Record != nil && n.Record.ID != "" {
			about = cell{Text: v.nameOf(n.Record), URL: p.Link(v.workAddress(n.Record))}
		}
		t.Rows = append(t.Rows, []cell{what, about, {Text: v.when(n.At)}})
	}
	p.Tables = []table{t}
	p.turn("/meldingen", query, r.Notifications.PageInfo)
	return p.answer(), nil
}

func readNotifications(v *visit) (answer, error) {
	if _, err := operations.MarkNotificationsRead(v.Context(), v.client); err != nil {
		return answer{}, err
	}
	return done("/meldingen", "done.read"), nil
}
