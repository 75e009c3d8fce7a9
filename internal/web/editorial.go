package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"leerkring/internal/kb"
	"leerkring/internal/web/operations"
)

// The pages on which editors keep redirects, synonyms and judgement lists. Of each
// there is a list, in which a row is deleted, and a form, which makes one or changes
// the one whose id and version are in its address.

const paramID = "id"

// redirects are the old addresses with where they lead.
func redirects(v *visit) (answer, error) {
	query := only(v.URL.Query(), paramAfter)
	r, err := operations.Redirects(v.Context(), v.client, query.Get(paramAfter))
	if err != nil {
		return answer{}, err
	}
	p := v.tables("redirects.title")
	p.Intro = p.T("redirects.about")
	path := adminPath + "/doorverwijzingen"
	p.Ways = []link{{Text: p.T("redirects.new"), URL: p.Link(path + "/bewerken")}}
	t := table{Columns: p.columns("col.from", "col.to", "col.note", "col.do"), Empty: p.T("profile.nothing")}
	for _, d := range r.Redirects.Nodes {
		from := cell{Text: d.From, URL: p.Link(address(path+"/bewerken", url.Values{paramID: {d.Id}, paramVersion: {strconv.Itoa(d.Version)}, "from": {d.From}, "to": {d.To}, "why": {d.Why}}))}
		t.Rows = append(t.Rows, []cell{from, {Text: d.To}, {Text: d.Why}, {Buttons: []button{removal(p.layout, path, d.Id, d.Version)}}})
	}
	p.Tables = []table{t}
	p.turn(path, query, r.Redirects.PageInfo)
	return p.answer(), nil
}

// removal is the button that deletes one of a list.
func removal(l *layout, path, id string, version int) button {
	return button{Action: l.Link(path), Text: l.T("action.DELETE"), Hidden: []hidden{{paramID, id}, {paramVersion, strconv.Itoa(version)}}}
}

// remove deletes one of a list.
func remove(back string, do func(v *visit, id string, version int) ([]operations.Problem, error)) handler {
	return func(v *visit) (answer, error) {
		problems, err := do(v, v.form.Get(paramID), v.version())
		if err != nil {
			return answer{}, err
		}
		if len(problems) > 0 {
			return answer{}, statusError{http.StatusConflict}
		}
		return done(back, "done.verwijderen"), nil
	}
}

// fromAddress fills a form in from its address.
func fromAddress(v *visit) (url.Values, error) {
	return only(v.URL.Query(), paramVersion, "from", "to", "why", "terms", "oneWay", "note"), nil
}

// kept is the id and version of what a form changes, empty and 0 for what it makes.
func (v *visit) kept() (id string, version int) {
	id = clean(v.URL.Query().Get(paramID))
	version, _ = strconv.Atoi(v.URL.Query().Get(paramVersion)) // 0 is what is made
	return id, version
}

func putRedirect() subform {
	path := adminPath + "/doorverwijzingen"
	return subform{
		title: "redirects.title", intro: "redirects.about", submit: "form.save", back: backTo(path), values: fromAddress,
		fields: asks(ask("from", line, "Oud adres", "Old address").needed().explained("Bijvoorbeeld /regio/gemeente-haren.", "For example /regio/gemeente-haren."),
			ask("to", line, "Nieuw adres", "New address").needed(), ask("why", line, "Waarom?", "Why?")),
		do: func(v *visit, in map[string]any) (result, error) {
			id, version := v.kept()
			r, err := operations.PutRedirect(v.Context(), v.client, id, version, textOf(in, "from"), textOf(in, "to"), textOf(in, "why"))
			if err != nil {
				return result{}, err
			}
			return result{problems: r.PutRedirect.UserErrors, done: "done.kept"}, nil
		},
	}
}

func deleteRedirect(v *visit, id string, version int) ([]operations.Problem, error) {
	r, err := operations.DeleteRedirect(v.Context(), v.client, id, version)
	if err != nil {
		return nil, err
	}
	return r.DeleteRedirect.UserErrors, nil
}

// synonyms are the lists of words that mean the same to the search.
func synonyms(v *visit) (answer, error) {
	query := only(v.URL.Query(), paramAfter)
	r, err := operations.SynonymLists(v.Context(), v.client, query.Get(paramAfter))
	if err != nil {
		return answer{}, err
	}
	p := v.tables("synonyms.title")
	p.Intro = p.T("synonyms.about")
	path := adminPath + "/synoniemen"
	p.Ways = []link{{Text: p.T("synonyms.new"), URL: p.Link(path + "/bewerken")}}
	t := table{Columns: p.columns("col.words", "col.note", "col.do"), Empty: p.T("profile.nothing")}
	for _, s := range r.Synonyms.Nodes {
		to := url.Values{paramID: {s.Id}, paramVersion: {strconv.Itoa(s.Version)}, "terms": {strings.Join(s.Terms, "\n")}, "note": {s.Note}}
		words := cell{Text: strings.Join(s.Terms, ", ")}
		if s.OneWay {
			to.Set("oneWay", "ja")
			words.Note = p.T("synonyms.oneway")
		}
		words.URL = p.Link(address(path+"/bewerken", to))
		t.Rows = append(t.Rows, []cell{words, {Text: s.Note}, {Buttons: []button{removal(p.layout, path, s.Id, s.Version)}}})
	}
	p.Tables = []table{t}
	p.turn(path, query, r.Synonyms.PageInfo)
	return p.answer(), nil
}

func synonymFields() []field {
	return []field{
		ask("terms", lines, "Woorden", "Words").needed().explained("Ten minste twee, één per regel.", "At least two, one per line."),
		ask("oneWay", yesNo, "Alleen van het eerste woord naar de andere", "Only from the first word to the others"),
		ask("note", line, "Waarom?", "Why?"),
		ask("queries", lines, "Eerst proberen met deze zoekvragen", "Try with these queries first").explained("Vul zoekvragen in om te zien wat er verandert; dan wordt er nog niets opgeslagen. Laat leeg om op te slaan.", "Enter queries to see what changes; then nothing is saved yet. Leave empty to save."),
	}
}

func (v *visit) synonymsInput(in map[string]any) operations.SynonymsInput {
	id, version := v.kept()
	terms, _ := in["terms"].([]string)
	oneWay, _ := in["oneWay"].(bool)
	return operations.SynonymsInput{Id: id, Version: version, Terms: terms, OneWay: oneWay, Note: textOf(in, "note")}
}

func putSynonyms() subform {
	return subform{
		title: "synonyms.title", intro: "synonyms.about", submit: "form.save", back: backTo(adminPath + "/synoniemen"), values: fromAddress, fields: asks(synonymFields()...),
		try: func(v *visit, in map[string]any) ([]table, error) {
			queries, _ := in["queries"].([]string)
			if len(queries) == 0 {
				return nil, nil
			}
			return v.trySynonyms(v.synonymsInput(in), queries)
		},
		do: func(v *visit, in map[string]any) (result, error) {
			r, err := operations.PutSynonyms(v.Context(), v.client, v.synonymsInput(in))
			if err != nil {
				return result{}, err
			}
			return result{problems: r.PutSynonyms.UserErrors, done: "done.kept"}, nil
		},
	}
}

// trySynonyms shows what synonyms would change.
func (v *visit) trySynonyms(in operations.SynonymsInput, queries []string) ([]table, error) {
	r, err := operations.TrySynonyms(v.Context(), v.client, in, queries)
	if err != nil {
		return nil, err
	}
	var out []table
	for _, tried := range r.PreviewSynonyms {
		t := table{
			Caption: v.text("synonyms.tried", tried.Query, tried.TotalBefore, tried.TotalAfter),
			Columns: []string{v.text("col.title"), v.text("review.before"), v.text("review.after")}, Empty: v.text("synonyms.same"),
		}
		for _, c := range tried.Changes {
			t.Rows = append(t.Rows, []cell{{Text: v.nameOf(&c.Material), URL: v.lang.prefix() + pathOf(c.Material.URL)}, {Text: place(c.Before)}, {Text: place(c.After)}})
		}
		out = append(out, t)
	}
	return out, nil
}

// place writes a place among hits; 0 is none.
func place(n int) string {
	if n == 0 {
		return "–"
	}
	return strconv.Itoa(n)
}

func deleteSynonyms(v *visit, id string, version int) ([]operations.Problem, error) {
	r, err := operations.DeleteSynonyms(v.Context(), v.client, id, version)
	if err != nil {
		return nil, err
	}
	return r.DeleteSynonyms.UserErrors, nil
}

// statistics is what is read and searched for.
func statistics(v *visit) (answer, error) {
	query := only(v.URL.Query(), "from", "to")
	from, _ := readDate(query.Get("from"))
	to, _ := readDate(query.Get("to"))
	wrong := &notes{}
	for name, date := range map[string]*string{"from": &from, "to": &to} {
		if *date != "" && !kb.Date(*date).Valid() {
			wrong.add(name, v.text("form.date"))
			*date = ""
		}
	}
	r, err := operations.Statistics(v.Context(), v.client, kb.Date(from), kb.Date(to))
	if err != nil {
		return answer{}, err
	}
	s := r.Statistics
	p := v.tables("statistics.title")
	p.Intro = p.T("statistics.about", p.Lang.date(s.From), p.Lang.date(s.To), s.Views, s.Searches, s.SearchesWithoutResult)
	p.Ask = (&shower{v: v, values: query, notes: wrong}).inputs([]field{ask("from", day, "Van", "From"), ask("to", day, "Tot en met", "Up to")}, "")
	viewed := table{Caption: p.T("statistics.viewed"), Columns: p.columns("col.title", "col.count"), Empty: p.T("profile.nothing")}
	for _, m := range s.MostViewed {
		viewed.Rows = append(viewed.Rows, []cell{{Text: v.nameOf(&m.Record), URL: p.Link(pathOf(m.Record.URL))}, {Text: p.Number(m.Views)}})
	}
	days := table{Caption: p.T("statistics.days"), Columns: p.columns("col.day", "col.views", "col.searches", "col.without"), Empty: p.T("profile.nothing")}
	for _, d := range s.Days {
		days.Rows = append(days.Rows, cells(p.Lang.date(d.Day), p.Number(d.Views), p.Number(d.Searches), p.Number(d.SearchesWithoutResult)))
	}
	p.Tables = []table{viewed, p.asked("statistics.asked", s.TopSearches), p.asked("statistics.lost", s.TopSearchesWithoutResult), days}
	return p.answer(), nil
}

// asked lists what was searched for.
func (p *tablePage) asked(caption message, searches []operations.SearchCount) table {
	t := table{Caption: p.T(caption), Columns: p.columns("col.query", "col.count"), Empty: p.T("statistics.few")}
	for _, s := range searches {
		t.Rows = append(t.Rows, []cell{{Text: s.Text, URL: p.Link(state{query: s.Text}.address())}, {Text: p.Number(s.Count)}})
	}
	return t
}
