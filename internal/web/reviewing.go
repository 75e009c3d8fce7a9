package web

import (
	"html/template"
	"net/http"
	"net/url"
	"strconv"

	"leerkring/internal/kb"
	"leerkring/internal/web/operations"
)

// reviewPage is a record as it is reviewed: what it says or what changed in it,
// with what was said of it.
type reviewPage struct {
	*layout
	Kind     string
	Page     string // the address of its own page
	Standing *standing
	// Changes are shown of what was published before, Parts of what is new.
	Changes  []change
	Parts    []part
	Remarks  []remarkRow // on the whole
	Problems []problem
	Comment  []input
	CanTalk  bool
	// Files are those of the material, with what was found in them.
	Files []reviewedFile
}

// reviewedFile is a file as it is reviewed.
type reviewedFile struct {
	workFile
	Findings []findingRow
}

// change is a field that differs, with what was said of it.
type change struct {
	Label, Before, After string
	Remarks              []remarkRow
}

// part is a field of what is new.
type part struct {
	Label   string
	HTML    template.HTML
	Text    string
	Remarks []remarkRow
}

// remarkRow is a comment with what one may do with it.
type remarkRow struct {
	remark
	Buttons []button
}

func commentFields(sets []fieldset, v *visit) []field {
	on := choose("veld", "Waarover?", "About what?")
	on.none = "comment.whole"
	for _, f := range flat(sets) {
		on.options = append(on.options, value{f.key(), f.label})
	}
	return []field{on, ask("tekst", plainly, "Opmerking", "Comment")}
}

// showReview is the page on which a record is reviewed and talked about.
func showReview(v *visit) (answer, error) {
	return v.reviewPage(url.Values{"veld": {v.URL.Query().Get("veld")}}, &notes{})
}

func (v *visit) reviewPage(typed url.Values, wrong *notes) (answer, error) {
	w, err := v.openWriting(v.PathValue("id"))
	if err != nil {
		return answer{}, err
	}
	if !v.can(operations.ViewerActionReview) && !may(w.record.ViewerCan, operations.RecordActionComment) {
		return answer{}, kb.Errorf(kb.Forbidden, kb.Text{NL: "Dit mag u niet zien.", EN: "You may not see this."})
	}
	name := v.nameOf(w.record)
	p := &reviewPage{
		layout: v.layout(v.text("review.title", name)), Kind: v.in(w.kind.name), Page: pathOf(w.record.URL),
		CanTalk: may(w.record.ViewerCan, operations.RecordActionComment),
	}
	p.NoIndex, p.layout.Section = true, "/redactie"
	p.Standing = v.standing(p.layout, w.record)
	fields := commentFields(w.sets, v)
	s := &shower{v: v, values: typed, notes: wrong}
	p.Comment, p.Problems = s.inputs(fields, ""), s.problems(fields)
	if len(p.Problems) > 0 {
		p.status = http.StatusUnprocessableEntity
	}
	if err := v.reviewFiles(p, w); err != nil {
		return answer{}, err
	}
	said := v.remarksBy(p.layout, w)
	if err := v.fillReview(p, w, said); err != nil {
		return answer{}, err
	}
	for _, list := range said {
		p.Remarks = append(p.Remarks, list...)
	}
	return answer{template: "review", page: p}, nil
}

// reviewFiles adds the files of material.
func (v *visit) reviewFiles(p *reviewPage, w *writing) error {
	if !w.kind.material {
		return nil
	}
	r, err := operations.WorkFiles(v.Context(), v.client, w.record.ID)
	if err != nil || r.Node == nil {
		return err
	}
	files, err := v.workedFiles(r.Node.Work().Files)
	if err != nil {
		return err
	}
	for _, f := range files {
		shown := reviewedFile{workFile: v.workFileOf(r.Node, f)}
		for _, x := range f.Findings {
			shown.Findings = append(shown.Findings, v.findingRow(f, x))
		}
		p.Files = append(p.Files, shown)
	}
	return nil
}

// fillReview shows what changed, or everything of what was not published before.
func (v *visit) fillReview(p *reviewPage, w *writing, said map[string][]remarkRow) error {
	take := func(name string) []remarkRow {
		list := said[name]
		delete(said, name)
		return list
	}
	if w.record.WorkingCopy != nil {
		r, err := operations.Comparison(v.Context(), v.client, w.record.ID, 0, 0)
		if err != nil {
			return err
		}
		for _, c := range r.Comparison {
			p.Changes = append(p.Changes, change{c.Label, c.Before, c.After, take(fieldOf(flat(w.sets), c.Field))})
		}
		return nil
	}
	known, err := operations.ThemeChoices(v.Context(), v.client)
	if err != nil {
		return err
	}
	s := &shower{v: v, values: w.typed, notes: &notes{}, themes: known.Themes.Nodes}
	for _, f := range flat(w.sets) {
		text := s.readable(f, w.typed, "")
		list := take(f.name)
		if text == "" && len(list) == 0 {
			continue
		}
		shown := part{Label: v.in(f.label), Text: text, Remarks: list}
		if f.as == prose {
			shown.Text, shown.HTML = "", v.site.markdown.html(text)
		}
		p.Parts = append(p.Parts, shown)
	}
	return nil
}

// remarksBy gives what was said, by the name of the field.
func (v *visit) remarksBy(l *layout, w *writing) map[string][]remarkRow {
	out := map[string][]remarkRow{}
	for _, c := range w.record.Comments.Nodes {
		row := remarkRow{remark: v.remark(c)}
		do := func(what, text message) {
			row.Buttons = append(row.Buttons, button{Action: l.Link("/redactie/" + url.PathEscape(w.record.ID)), Text: l.T(text), Hidden: []hidden{
				{paramDo, string(what)}, {"opmerking", c.ID}, {paramVersion, strconv.Itoa(c.Version)},
			}})
		}
		if may(w.record.ViewerCan, operations.RecordActionComment) {
			if row.Resolved {
				do("heropenen", "comment.reopen")
			} else {
				do("afhandelen", "comment.resolve")
			}
		}
		if c.ViewerMayChange {
			do("weghalen", "comment.delete")
		}
		name := fieldOf(flat(w.sets), c.Field)
		out[name] = append(out[name], row)
	}
	return out
}

// discuss adds a comment, or deals with one.
func discuss(v *visit) (answer, error) {
	id := v.PathValue("id")
	version, _ := strconv.Atoi(v.form.Get(paramVersion)) // what is no number is a conflict
	about := v.form.Get("opmerking")
	var problems []operations.Problem
	switch v.form.Get(paramDo) {
	case "afhandelen", "heropenen":
		r, err := operations.ResolveComment(v.Context(), v.client, about, version, v.form.Get(paramDo) == "afhandelen")
		if err != nil {
			return answer{}, err
		}
		problems = r.ResolveComment.UserErrors
	case "weghalen":
		r, err := operations.DeleteComment(v.Context(), v.client, about, version)
		if err != nil {
			return answer{}, err
		}
		problems = r.DeleteComment.UserErrors
	default:
		r, err := operations.AddComment(v.Context(), v.client, id, v.sent("veld"), v.sent("tekst"))
		if err != nil {
			return answer{}, err
		}
		problems = r.AddComment.UserErrors
	}
	if len(problems) > 0 {
		wrong := &notes{}
		for _, p := range problems {
			wrong.add("tekst", p.Message)
		}
		return v.reviewPage(v.form, wrong)
	}
	return done("/redactie/"+url.PathEscape(id), "done.discussed"), nil
}
