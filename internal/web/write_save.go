package web

import (
	"maps"
	"slices"

	"leerkring/internal/web/operations"
)

// changes gives the fields that differ from the record as it is now, as the input
// takes them. What cannot be read is noted, and left out.
func (w *writing) changes() (map[string]any, error) {
	r := w.v.reader(w.typed, maps.Clone(w.current.known))
	input := map[string]any{}
	for _, f := range flat(w.sets) {
		if f.same(w.typed, w.current.values, "") {
			continue
		}
		before := len(r.notes.order)
		if value := f.read(r, ""); len(r.notes.order) == before {
			input[f.key()] = value
		}
	}
	w.notes.order = append(w.notes.order, r.notes.order...)
	return input, r.err
}

// save keeps what was typed. It reports false when that could not be; the notes
// and clashes tell why.
func (w *writing) save(auto bool) (bool, error) {
	input, err := w.changes()
	if err != nil || len(w.notes.order) > 0 && !auto {
		return false, err
	}
	if w.record == nil {
		return w.create(input, auto)
	}
	if len(input) == 0 {
		w.version = w.record.Version // nothing differs, whoever wrote it
		return true, nil
	}
	input["id"], input["version"] = w.record.ID, w.version
	if auto {
		input["autosave"] = true
	}
	return w.change(operations.Update(w.kind.typ), input)
}

// create makes the record. The same form makes no second one, but what was typed
// since the first time goes into it.
func (w *writing) create(input map[string]any, auto bool) (bool, error) {
	input = maps.Collect(func(yield func(string, any) bool) {
		for key, value := range input {
			if value != nil && !yield(key, value) {
				return
			}
		}
	})
	input["idempotencyKey"] = w.typed.Get(paramKey)
	made, err := w.change(operations.Create(w.kind.typ), input)
	if err != nil || !made {
		return made, err
	}
	now, err := w.v.openWriting(w.record.ID)
	if err != nil {
		return false, err
	}
	w.record, w.current, w.version = now.record, now.current, now.version
	w.preset()
	return w.save(auto)
}

// preset leaves out of the comparison what the program filled in itself where the
// form was left empty, like the name in the address.
func (w *writing) preset() {
	for _, f := range flat(w.sets) {
		if f.same(w.typed, newFiller(w.v.site.zone).values, "") {
			f.take(w.typed, w.current.values)
		}
	}
}

// change sends a change and reports whether it was made.
func (w *writing) change(m operations.Mutation, input map[string]any) (bool, error) {
	r, err := operations.Change(w.v.Context(), w.v.client, m, input)
	if err != nil {
		if !isRefusal(err) {
			return false, err
		}
		w.notes.add("", w.v.messageOf(err))
		return false, nil
	}
	for _, p := range r.Errors {
		if p.Conflict != nil {
			return false, w.clash(p.Conflict)
		}
	}
	w.notes.refused(flat(w.sets), r.Errors)
	if len(r.Errors) > 0 || r.Record == nil {
		return false, nil
	}
	if w.record == nil {
		w.record = r.Record
	}
	w.version, w.record.Version, w.record.URL = r.Record.Version, r.Record.Version, r.Record.URL
	return true, nil
}

// clash is a field that someone else changed as well.
type clash struct {
	Name, Label, Mine, Theirs string
}

// clash notes who changed the record meanwhile, and puts both texts side by side.
func (w *writing) clash(c *operations.Clash) error {
	now, err := w.v.openWriting(w.record.ID)
	if err != nil {
		return err
	}
	w.record, w.current, w.version = now.record, now.current, c.Version
	who := w.v.text("write.someone")
	if c.By != nil && c.By.Name != "" {
		who = c.By.Name
	}
	w.notes.add("", w.v.text("write.clash", who, w.v.when(c.At)))
	w.findClashes(func(f field) bool { return slices.Contains(c.Fields, f.key()) || slices.Contains(c.Fields, f.name) })
	if len(w.clashes) == 0 {
		w.notes.add("", w.v.text("write.clash.none"))
	}
	return nil
}

// findClashes lists the fields among some that differ from the record as it is now.
func (w *writing) findClashes(among func(field) bool) {
	s := &shower{v: w.v, notes: &notes{}}
	for _, f := range flat(w.sets) {
		if among(f) && !f.same(w.typed, w.current.values, "") {
			w.clashes = append(w.clashes, clash{f.name, w.v.in(f.label), s.readable(f, w.typed, ""), s.readable(f, w.current.values, "")})
		}
	}
}

// chosen takes the texts that were chosen after a clash, and reports whether
// everything was chosen.
func (w *writing) chosen() bool {
	asked := w.typed[paramClash]
	open := map[string]bool{}
	for _, f := range flat(w.sets) {
		if !slices.Contains(asked, f.name) {
			continue
		}
		switch w.typed.Get(paramChoose + f.name) {
		case "mijn":
		case "hun":
			f.take(w.typed, w.current.values)
		default:
			open[f.name] = !f.same(w.typed, w.current.values, "")
		}
	}
	w.findClashes(func(f field) bool { return open[f.name] })
	if len(w.clashes) > 0 {
		w.notes.add("", w.v.text("write.choose"))
	}
	return len(w.clashes) == 0
}
