package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"

	"leerkring/internal/web/operations"
)

// writePage is the page on which a record is written.
type writePage struct {
	*layout
	Heading  string
	Kind     string // in words
	Word     string
	Action   string // where the form goes
	Version  int
	Key      string
	Problems []problem
	Sets     []inputSet
	Clashes  []clash
	// Standing tells where the record stands; nil for one that is yet to be made.
	Standing *standing
	Remarks  []remark // on the whole
	// Files are those of material that is there; Later says that they come after the text.
	Files   *workFiles
	Later   bool
	CanSave bool
	Submits bool // it can be submitted
	// SignedOut tells that the session is over: the text is not lost.
	SignedOut bool
}

// page shows the form with what was typed; row is the group to which one is added.
func (w *writing) page(row string) (answer, error) {
	choices, err := operations.ThemeChoices(w.v.Context(), w.v.client)
	if err != nil {
		return answer{}, err
	}
	s := &shower{v: w.v, values: w.typed, notes: &w.notes, themes: choices.Themes.Nodes, row: row}
	kind := w.v.in(w.kind.name)
	p := &writePage{
		layout: w.v.layout(w.v.text("write.new", kind)), Kind: kind, Word: w.kind.word, Action: w.v.path(), Version: w.version, Key: w.typed.Get(paramKey),
		Sets: s.sets(w.sets), Problems: s.problems(flat(w.sets)), Clashes: w.clashes, SignedOut: w.v.asking == nil, Submits: w.record == nil,
	}
	p.NoIndex, p.Heading = true, p.Title
	p.Later = w.kind.material && w.record == nil
	if w.record != nil && w.kind.material && w.v.asking != nil {
		if err := w.files(p); err != nil {
			return answer{}, err
		}
	}
	if w.record != nil {
		p.Action = "/bewerken/" + url.PathEscape(w.record.ID)
		p.Heading = w.v.text("write.edit", w.v.nameOf(w.record))
		p.Title = p.Heading
		p.Standing = w.v.standing(p.layout, w.record)
		p.Submits = may(w.record.ViewerCan, operations.RecordActionSubmit) || w.record.Status == operations.StatusPublished && w.record.WorkingCopy == nil
		for _, c := range w.record.Comments.Nodes {
			if c.ResolvedAt == nil {
				w.show(p, c)
			}
		}
	}
	if len(p.Problems) > 0 {
		p.status = http.StatusUnprocessableEntity
	}
	return answer{template: "write", page: p}, nil
}

// files adds the files of the material.
func (w *writing) files(p *writePage) error {
	r, err := w.v.filed(w.record.ID)
	if err != nil {
		return err
	}
	p.Files, err = w.v.workFiles(p.layout, r)
	return err
}

// show puts a remark beside the field that it is on.
func (w *writing) show(p *writePage, c operations.Comment) {
	name := fieldOf(flat(w.sets), c.Field)
	for i := range p.Sets {
		for j := range p.Sets[i].Inputs {
			if in := &p.Sets[i].Inputs[j]; in.Name == name && name != "" {
				in.Remarks = append(in.Remarks, w.v.remark(c))
				return
			}
		}
	}
	p.Remarks = append(p.Remarks, w.v.remark(c))
}

// remark is a comment as a page shows it.
type remark struct {
	operations.Comment
	Who, When string
	Resolved  bool
}

func (v *visit) remark(c operations.Comment) remark {
	r := remark{Comment: c, When: v.when(c.CreatedAt), Resolved: c.ResolvedAt != nil, Who: v.who(c.By)}
	return r
}

// who names someone; a name that is gone is someone.
func (v *visit) who(w *operations.Who) string {
	if w == nil || w.Name == "" {
		return v.text("write.someone")
	}
	return w.Name
}

// when writes a moment: "12 maart 2024, 09:30".
func (v *visit) when(t time.Time) string { return v.times(t, time.Time{}) }

// nameOf is what a record is called, also when nobody named it yet.
func (v *visit) nameOf(r *operations.Record) string {
	name := r.Work().Label()
	if strings.TrimSpace(name) == "" {
		return v.text("write.nameless")
	}
	return name
}

// readable writes the value of a field as a text.
func (s *shower) readable(f field, values url.Values, prefix string) string {
	name := prefix + f.name
	var out []string
	switch f.as {
	case group, rows:
		prefixes := []string{name + "."}
		if f.as == rows {
			prefixes = nil
			for i := range rowsOf(values, name) {
				prefixes = append(prefixes, rowName(name, i))
			}
		}
		for _, prefix := range prefixes {
			for _, p := range f.parts {
				if text := s.readable(p, values, prefix); text != "" {
					out = append(out, s.v.in(p.label)+": "+text)
				}
			}
		}
	case choice, choices:
		for _, o := range s.options(f, values[name]) {
			if o.On {
				out = append(out, o.Text)
			}
		}
	case themes:
		for _, slug := range values[name] {
			out = append(out, s.theme(slug))
		}
	default:
		return strings.TrimSpace(values.Get(name))
	}
	return strings.Join(out, "\n")
}

// theme gives the label of a theme.
func (s *shower) theme(slug string) string {
	for _, t := range s.themes {
		if t.Slug == slug {
			return t.Label
		}
	}
	return slug
}

// saved is what the script that saves a form by itself is told.
type saved struct {
	OK      bool   `json:"ok"`
	Version int    `json:"version"`
	Message string `json:"message"`
	// Action is where the form goes from now on.
	Action string `json:"action,omitempty"`
	// Stop tells the script to save no more by itself.
	Stop bool `json:"stop,omitempty"`
}

// autosaved tells the script of the form what came of saving.
func (w *writing) autosaved(ok bool) (answer, error) {
	out := saved{OK: ok, Version: w.version, Message: w.v.text("auto.saved")}
	if w.record != nil {
		out.Action = w.v.lang.prefix() + "/bewerken/" + url.PathEscape(w.record.ID)
	}
	if !ok {
		out.Stop = true
		out.Message = w.v.text("write.signedout")
		if len(w.notes.order) > 0 {
			out.Message = w.notes.order[len(w.notes.order)-1].text
		}
		if len(w.clashes) > 0 {
			out.Message = w.notes.order[0].text + " " + w.v.text("auto.clash")
		}
	}
	body, err := json.Marshal(out)
	return answer{file: &file{mediaType: "application/json; charset=utf-8", bytes: body}}, err
}
