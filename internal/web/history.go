package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"leerkring/internal/web/operations"
)

// historyPage is what happened to a record, version by version.
type historyPage struct {
	*layout
	Name      string
	Back      string
	Revisions []revision
	// Changes are what differs between the versions From and To, when two were chosen.
	From, To int
	Compared bool
	Changes  []change
	pager
}

// revision is one version as the page shows it.
type revision struct {
	Version          int
	When, Who, What  string
	Fields, Note     string
	Restore          string // the address to restore it
	FromHere, ToHere bool
}

const (
	paramOlder  = "van"
	paramNewer  = "tot"
	paramBefore = "voor"
)

func history(v *visit) (answer, error) {
	query := only(v.URL.Query(), paramOlder, paramNewer, paramBefore)
	before, _ := strconv.Atoi(query.Get(paramBefore)) // what is no number is the beginning
	r, err := operations.History(v.Context(), v.client, v.PathValue("id"), before)
	if err != nil {
		return answer{}, err
	}
	if r.Node == nil || r.Node.ID == "" || len(r.Node.Revisions) == 0 {
		return answer{}, statusError{http.StatusNotFound}
	}
	record := &r.Node.Record
	p := &historyPage{layout: v.layout(v.text("history.title", v.nameOf(record))), Name: v.nameOf(record), Back: v.workAddress(record)}
	p.NoIndex = true
	p.From, _ = strconv.Atoi(query.Get(paramOlder))
	p.To, _ = strconv.Atoi(query.Get(paramNewer))
	for _, rev := range r.Node.Revisions {
		row := revision{
			Version: rev.Version, When: v.when(rev.At), Who: v.who(rev.By), What: v.text(message("event." + string(rev.Event))), Fields: v.fieldNames(record.Type, rev.Fields), Note: rev.Note,
			FromHere: rev.Version == p.From, ToHere: rev.Version == p.To,
		}
		if rev.By == nil {
			row.Who = v.text("history.program")
		}
		if may(record.ViewerCan, operations.RecordActionRestoreRevision) && rev.Version < record.Version {
			row.Restore = p.Link("/actie/" + url.PathEscape(record.ID) + "/herstellen?" + paramRevision + "=" + strconv.Itoa(rev.Version))
		}
		p.Revisions = append(p.Revisions, row)
	}
	if last := p.Revisions[len(p.Revisions)-1].Version; last > 1 {
		p.Next = address(v.path(), url.Values{paramBefore: {strconv.Itoa(last)}})
	}
	p.layout.Here = address(v.path(), query)
	return answer{template: "history", page: p}, p.compare(v)
}

// compare shows what differs between the versions that were chosen.
func (p *historyPage) compare(v *visit) error {
	if p.From == 0 || p.To == 0 {
		return nil
	}
	if p.From > p.To {
		p.From, p.To = p.To, p.From
	}
	r, err := operations.Comparison(v.Context(), v.client, v.PathValue("id"), p.From, p.To)
	if err != nil {
		return err
	}
	p.Compared = true
	for _, c := range r.Comparison {
		p.Changes = append(p.Changes, change{Label: c.Label, Before: c.Before, After: c.After})
	}
	return nil
}

// fieldNames writes the fields of a kind in words.
func (v *visit) fieldNames(typ string, names []string) string {
	k := kindOf(typ)
	var out []string
	for _, name := range names {
		if k.form == nil {
			continue
		}
		if label := labelOf(flat(k.form()), fieldOf(flat(k.form()), name)); label.NL != "" {
			out = append(out, v.in(label))
		}
	}
	return strings.Join(out, ", ")
}
