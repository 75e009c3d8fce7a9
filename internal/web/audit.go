package web

import (
	"net/url"
	"strconv"
	"strings"

	"leerkring/internal/kb"
	"leerkring/internal/web/operations"
)

// auditFields narrow the audit trail down.
func auditFields(v *visit) []field {
	what := choose("wat", "Wat", "What")
	for _, e := range operations.AllEventType {
		text := v.text(message("event." + string(e)))
		what.options = append(what.options, value{string(e), kb.Text{NL: text, EN: text}})
	}
	return []field{what, ask("record", line, "Id van het record", "Id of the record"), ask("account", line, "Id van het account", "Id of the account")}
}

// audit is who did what.
func audit(v *visit) (answer, error) {
	query := only(v.URL.Query(), "wat", "record", "account", paramBefore)
	var types []operations.EventType
	for _, e := range operations.AllEventType {
		if string(e) == query.Get("wat") {
			types = append(types, e)
		}
	}
	before, _ := strconv.Atoi(query.Get(paramBefore)) // what is no number is the beginning
	r, err := operations.Audit(v.Context(), v.client, query.Get("record"), query.Get("account"), types, before)
	if err != nil {
		return answer{}, err
	}
	p := v.tables("audit.title")
	p.Ask = (&shower{v: v, values: query, notes: &notes{}}).inputs(auditFields(v), "")
	path := adminPath + "/spoor"
	t := table{Columns: p.columns("col.when", "col.who", "col.what", "col.record", "col.fields"), Empty: p.T("profile.nothing")}
	for _, e := range r.Audit.Entries {
		who := cell{Text: p.T("history.program")}
		if e.By != nil && e.By.ID != "" {
			who = cell{Text: v.who(e.By), URL: p.Link(address(path, url.Values{"account": {e.By.ID}}))}
		}
		about := cell{Text: e.Label, URL: p.Link(address(path, url.Values{"record": {e.Record}})), Note: e.Kind}
		if about.Text == "" {
			about.Text = e.Record
		}
		t.Rows = append(t.Rows, []cell{{Text: v.when(e.At)}, who, {Text: p.T(message("event." + string(e.Event))), Note: e.Note}, about, {Text: strings.Join(e.Fields, ", ")}})
	}
	p.Tables = []table{t}
	if r.Audit.Next > 0 {
		next := cloned(query)
		next.Set(paramBefore, strconv.Itoa(r.Audit.Next))
		p.Next = address(path, next)
	}
	p.Here = address(path, query)
	return p.answer(), nil
}
