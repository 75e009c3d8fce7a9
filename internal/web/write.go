package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"leerkring/internal/kb"
	"leerkring/internal/web/operations"
)

// The controls of the form that are no fields of a record.
const (
	paramVersion = "versie"
	paramKey     = "sleutel"
	paramDo      = "doe"
	paramAdd     = "erbij"
	paramAuto    = "vanzelf"
	// paramClash names the fields that someone else changed as well, and
	// paramChoose+name tells whose text it is to be.
	paramClash  = "botsing"
	paramChoose = "kies."
)

// writing is a form for a record, with the record as it is now.
type writing struct {
	v    *visit
	kind kind
	sets []fieldset
	// record is nil for one that is yet to be made.
	record *operations.Record
	// current is the record as a form.
	current *filler
	// typed is the form as it was sent, or the record when nothing was.
	typed   url.Values
	version int
	notes   notes
	clashes []clash
}

// slugField is the field of the name in the address.
const slugField = "slug"

// newWriting is a form for a record that is yet to be made.
func (v *visit) newWriting(k kind) *writing {
	w := &writing{v: v, kind: k, sets: k.form(), current: newFiller(v.site.zone)}
	w.typed = url.Values{"visibility": {"PUBLIC"}, paramKey: {v.site.config.NewKey()}}
	if k.material {
		w.typed.Set("language", string(dutch))
	}
	return w
}

// openWriting is a form for a record that is there: what is being worked on of it.
func (v *visit) openWriting(id string) (*writing, error) {
	r, err := operations.Editing(v.Context(), v.client, id)
	if err != nil {
		return nil, err
	}
	if r.Node == nil {
		return nil, statusError{http.StatusNotFound}
	}
	w := &writing{v: v, kind: kindOf(scalar(r.Node["__typename"])), current: newFiller(v.site.zone), record: &operations.Record{}}
	if w.kind.typ == "" {
		return nil, statusError{http.StatusNotFound}
	}
	data, err := json.Marshal(r.Node)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(data, w.record); err != nil {
		return nil, err
	}
	work := r.Node
	if half, ok := r.Node["workingCopy"].(map[string]any); ok {
		work = half
	}
	w.sets = w.kind.form()
	for _, f := range flat(w.sets) {
		if f.name == slugField {
			continue // it is made of the title, and stays as it is unless someone types another
		}
		f.fill(w.current, "", contactOf(f, work[f.name]))
	}
	w.typed, w.version = w.current.values, w.record.Version
	return w, nil
}

// contactOf gives a way to reach someone as a group: of another person a page
// knows the value only, and not for whom it is.
func contactOf(f field, value any) any {
	if text, ok := value.(string); ok && f.as == group {
		return map[string]any{"value": text}
	}
	return value
}

func chooseKind(v *visit) (answer, error) {
	p := &kindsPage{layout: v.layout(v.text("new.title"))}
	for _, k := range recordKinds() {
		if slices.Contains(v.asking.Creatable, k.id) {
			p.Kinds = append(p.Kinds, link{Text: v.in(k.name), URL: p.Link("/nieuw/" + k.word), Note: v.in(k.about)})
		}
	}
	return answer{template: "kinds", page: p}, nil
}

// kindsPage offers the kinds of records that one may make.
type kindsPage struct {
	*layout
	Kinds []link
}

func showNew(v *visit) (answer, error) {
	k := kindAt(v.PathValue("soort"))
	if k.typ == "" {
		return answer{}, statusError{http.StatusNotFound}
	}
	if !slices.Contains(v.asking.Creatable, k.id) {
		return answer{}, kb.Errorf(kb.Forbidden, kb.Text{NL: "Dit mag u niet maken.", EN: "You may not make this."})
	}
	return v.newWriting(k).page("")
}

func showEdit(v *visit) (answer, error) {
	w, err := v.openWriting(v.PathValue("id"))
	if err != nil {
		return answer{}, err
	}
	if !may(w.record.ViewerCan, operations.RecordActionEdit) {
		return answer{}, kb.Errorf(kb.Forbidden, kb.Text{NL: "Dit mag u niet wijzigen.", EN: "You may not change this."})
	}
	return w.page("")
}

// sendNew makes a record of a form.
func sendNew(v *visit) (answer, error) {
	k := kindAt(v.PathValue("soort"))
	if k.typ == "" {
		return answer{}, statusError{http.StatusNotFound}
	}
	w := v.newWriting(k)
	w.receive()
	return w.send()
}

// sendEdit changes a record with a form.
func sendEdit(v *visit) (answer, error) {
	w, err := v.openWriting(v.PathValue("id"))
	if err != nil && v.asking == nil {
		if k := kindAt(v.form.Get("soort")); k.typ != "" {
			w, err = v.newWriting(k), nil // its session is over: what was typed stays on the page
		}
	}
	if err != nil {
		return answer{}, err
	}
	w.receive()
	return w.send()
}

// receive takes what was sent in the place of the record.
func (w *writing) receive() {
	w.typed = w.v.form
	w.version, _ = strconv.Atoi(w.typed.Get(paramVersion)) // what is no number is a conflict
	for _, f := range flat(w.sets) {
		if w.typed.Get(paramAdd) == "" {
			f.compact(w.typed)
		}
	}
}

// send deals with a form that was sent: adds a row, or saves and goes on.
func (w *writing) send() (answer, error) {
	auto := w.typed.Get(paramAuto) != ""
	switch {
	case w.v.asking == nil && auto:
		return w.autosaved(false)
	case w.v.asking == nil:
		w.notes.add("", w.v.text("write.signedout"))
		return w.page("")
	case w.typed.Get(paramAdd) != "":
		return w.page(w.typed.Get(paramAdd))
	case !w.chosen():
		return w.page("")
	}
	saved, err := w.save(auto)
	if err != nil {
		return answer{}, err
	}
	if auto {
		return w.autosaved(saved)
	}
	if !saved {
		return w.page("")
	}
	return w.goOn()
}

// goOn does what was asked for after saving.
func (w *writing) goOn() (answer, error) {
	switch w.typed.Get(paramDo) {
	case "indienen":
		r, err := operations.Change(w.v.Context(), w.v.client, operations.Step("submitForReview"), map[string]any{"id": w.record.ID, "version": w.version})
		if err != nil && !isRefusal(err) {
			return answer{}, err
		}
		if err != nil {
			w.notes.add("", w.v.messageOf(err))
			return w.page("")
		}
		if len(r.Errors) > 0 {
			w.notes.add("", w.v.text("write.incomplete"))
			w.notes.refused(flat(w.sets), r.Errors)
			return w.page("")
		}
		return done("/mijn/concepten", "done.submitted"), nil
	case "bekijken":
		return answer{next: pathOf(w.record.URL)}, nil
	}
	return done("/bewerken/"+url.PathEscape(w.record.ID), "done.saved"), nil
}

// may reports whether something is among what one may do.
func may(can []operations.RecordAction, want operations.RecordAction) bool {
	return slices.Contains(can, want)
}
