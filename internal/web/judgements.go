package web

import (
	"net/url"
	"strconv"
	"strings"

	"leerkring/internal/web/operations"
)

const judgementsPath = adminPath + "/oordelen"

// judgements are the lists by which the search is judged.
func judgements(v *visit) (answer, error) {
	query := only(v.URL.Query(), paramAfter)
	r, err := operations.JudgementLists(v.Context(), v.client, query.Get(paramAfter))
	if err != nil {
		return answer{}, err
	}
	p := v.tables("judgements.title")
	p.Intro = p.T("judgements.about")
	p.Ways = []link{{Text: p.T("judgements.new"), URL: p.Link(judgementsPath + "/bewerken")}}
	t := table{Columns: p.columns("col.name", "col.queries", "col.do"), Empty: p.T("profile.nothing")}
	for _, l := range r.JudgementLists.Nodes {
		name := cell{Text: l.Name, URL: p.Link(judgementsPath + "/bewerken?" + paramID + "=" + url.QueryEscape(l.Id))}
		judge := cell{Text: p.Number(len(l.Queries)), URL: p.Link(judgementsPath + "/" + url.PathEscape(l.Id))}
		t.Rows = append(t.Rows, []cell{name, judge, {Buttons: []button{removal(p.layout, judgementsPath, l.Id, l.Version)}}})
	}
	p.Tables = []table{t}
	p.turn(judgementsPath, query, r.JudgementLists.PageInfo)
	return p.answer(), nil
}

// judge tells how well the search answers a list.
func judge(v *visit) (answer, error) {
	r, err := operations.Judge(v.Context(), v.client, v.PathValue("id"))
	if err != nil || r.Judge == nil {
		return answer{}, orNotFound(err)
	}
	p := v.tables("judgements.report")
	p.Intro = p.T("judgements.means", p.Lang.decimal(r.Judge.Recall), p.Lang.decimal(r.Judge.Mrr))
	t := table{Columns: p.columns("col.query", "col.recall", "col.places"), Empty: p.T("profile.nothing")}
	for _, q := range r.Judge.Queries {
		var places []string
		for _, n := range q.Places {
			places = append(places, place(n))
		}
		t.Rows = append(t.Rows, []cell{{Text: q.Text, URL: p.Link(state{query: q.Text}.address())}, {Text: p.Lang.decimal(q.Recall)}, {Text: strings.Join(places, ", ")}})
	}
	p.Tables = []table{t}
	return p.answer(), nil
}

func judgementFields() []field {
	return []field{
		ask("name", line, "Naam", "Name").needed(),
		together("queries", rows, "Zoekvraag", "Query", ask("text", line, "Wat mensen typen", "What people type"),
			ask("wanted", lines, "Wat moet gevonden worden?", "What must be found?").explained(
				"Eén per regel: een cijfer (3 is het beste antwoord, 1 is verwant), het adres of de titel, en als u wilt een streepje | met de reden. Bijvoorbeeld: 3 /casus/een-casus | gaat precies hierover",
				"One per line: a grade (3 is the best answer, 1 is related), the address or the title, and if you like a bar | with the reason. For example: 3 /casus/a-case | is exactly about this")),
	}
}

func putJudgements() subform {
	return subform{
		title: "judgements.title", intro: "judgements.about", submit: "form.save", back: backTo(judgementsPath), values: judgementValues, fields: asks(judgementFields()...),
		do: func(v *visit, in map[string]any) (result, error) {
			problems, err := v.readWanted(in)
			if err != nil || len(problems) > 0 {
				return result{problems: problems}, err
			}
			if id := clean(v.URL.Query().Get(paramID)); id != "" {
				in["id"] = id
			}
			in["version"] = v.version()
			r, err := operations.PutJudgementList(v.Context(), v.client, in)
			if err != nil {
				return result{}, err
			}
			return result{problems: r.PutJudgementList.UserErrors, done: "done.kept"}, nil
		},
	}
}

// judgementValues are a list as its form shows it.
func judgementValues(v *visit) (url.Values, error) {
	id := clean(v.URL.Query().Get(paramID))
	values := url.Values{}
	for after := ""; id != ""; {
		r, err := operations.JudgementLists(v.Context(), v.client, after)
		if err != nil {
			return nil, err
		}
		for _, l := range r.JudgementLists.Nodes {
			if l.Id == id {
				fillJudgements(values, l)
				return values, nil
			}
		}
		if after = r.JudgementLists.PageInfo.EndCursor; !r.JudgementLists.PageInfo.HasNextPage {
			return nil, orNotFound(nil)
		}
	}
	return values, nil
}

func fillJudgements(values url.Values, l operations.JudgementSheet) {
	values.Set("name", l.Name)
	values.Set(paramVersion, strconv.Itoa(l.Version))
	for i, q := range l.Queries {
		values.Set(rowName("queries", i)+"text", q.Text)
		var wanted []string
		for _, w := range q.Wanted {
			text := strconv.Itoa(w.Grade) + " " + w.Id
			if w.Record != nil && w.Record.URL != "" {
				text = strconv.Itoa(w.Grade) + " " + pathOf(w.Record.URL)
			}
			if w.Why != "" {
				text += " | " + w.Why
			}
			wanted = append(wanted, text)
		}
		values.Set(rowName("queries", i)+"wanted", strings.Join(wanted, "\n"))
	}
}

// readWanted makes of the lines of each query what the input takes.
func (v *visit) readWanted(in map[string]any) ([]operations.Problem, error) {
	var problems []operations.Problem
	r := &resolver{v: v, known: map[string]reference{}}
	queries, _ := in["queries"].([]any)
	for i, item := range queries {
		query, _ := item.(map[string]any)
		lines, _ := query["wanted"].([]string)
		wanted := []any{}
		for _, l := range lines {
			grade, rest, _ := strings.Cut(l, " ")
			name, why, _ := strings.Cut(rest, "|")
			n, err := strconv.Atoi(grade)
			if err != nil {
				problems = append(problems, operations.Problem{Field: rowName("queries", i) + "wanted", Message: v.text("judgements.grade", l)})
				continue
			}
			found, wrong, err := r.find(name, []string{"Case", "Publication", "Presentation", "Lesson"})
			if err != nil {
				return nil, err
			}
			if wrong != "" {
				problems = append(problems, operations.Problem{Field: rowName("queries", i) + "wanted", Message: wrong})
				continue
			}
			wanted = append(wanted, map[string]any{"record": found.ID, "grade": n, "why": strings.TrimSpace(why)})
		}
		query["wanted"] = wanted
	}
	return problems, nil
}

func deleteJudgements(v *visit, id string, version int) ([]operations.Problem, error) {
	r, err := operations.DeleteJudgementList(v.Context(), v.client, id, version)
	if err != nil {
		return nil, err
	}
	return r.DeleteJudgementList.UserErrors, nil
}
