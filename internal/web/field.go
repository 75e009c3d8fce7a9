package web

import (
	"net/url"
	"strconv"
	"strings"

	"leerkring/internal/kb"
	"leerkring/internal/web/operations"
)

// A form is a table of fields. The table is the only place that knows what a form
// asks: it shows the form (field_view.go), fills it with a record (field_fill.go),
// and reads what was sent (field_read.go). In between, a form is url.Values, as a
// browser sends it, so that nothing that was typed is ever lost.

// control is how a field is shown and read.
type control int

const (
	line     control = iota // a text of one line
	prose                   // a text in Markdown
	plainly                 // a text without Markdown
	lines                   // texts, one a line
	number                  // a whole number
	day                     // a date, as precisely as it is known
	moment                  // a day and a time, in Dutch time
	choice                  // one of a few values
	yesNo                   // yes, no, or left as it is
	choices                 // some of a few values
	themes                  // slugs of themes
	one                     // another record, by its name
	many                    // other records, a name a line
	group                   // fields that belong together
	rows                    // the same group, several times
	password                // what nobody may read
	email                   // an address
)

// field is one thing that a form asks.
type field struct {
	// name is the field of the input in GraphQL, and of the operation Editing.
	name string
	// input is its name in the input where that differs.
	input string
	as    control
	label kb.Text
	help  kb.Text
	// options are the values of a choice, and none what it says when none was chosen.
	options []value
	none    message
	// of are the kinds that a reference may be to.
	of []string
	// parts are the fields of a group.
	parts []field
	// fill is what browsers call it, for the attribute autocomplete.
	autocomplete string
	// must says that a record is not submitted without it.
	must bool
}

// value is one value of a choice.
type value struct {
	code string
	text kb.Text
}

// explained gives the field with a text that helps to fill it in.
func (f field) explained(nl, en string) field {
	f.help = kb.Text{NL: nl, EN: en}
	return f
}

// needed marks the field as one that a record is not submitted without.
func (f field) needed() field {
	f.must = true
	return f
}

// filled tells a browser what it may fill in.
func (f field) filled(autocomplete string) field {
	f.autocomplete = autocomplete
	return f
}

// sentAs gives the field another name in the input.
func (f field) sentAs(input string) field {
	f.input = input
	return f
}

// key is the name of the field in the input.
func (f field) key() string {
	if f.input != "" {
		return f.input
	}
	return f.name
}

func ask(name string, as control, nl, en string) field {
	return field{name: name, as: as, label: kb.Text{NL: nl, EN: en}}
}

func choose(name, nl, en string, options ...value) field {
	f := ask(name, choice, nl, en)
	f.options = options
	return f
}

func refer(name string, as control, nl, en string, of ...string) field {
	f := ask(name, as, nl, en)
	f.of = of
	return f
}

func together(name string, as control, nl, en string, parts ...field) field {
	f := ask(name, as, nl, en)
	f.parts = parts
	return f
}

// fieldset is a part of a form under its own heading.
type fieldset struct {
	title  kb.Text
	fields []field
}

// flat are all fields of a form.
func flat(sets []fieldset) []field {
	var out []field
	for _, s := range sets {
		out = append(out, s.fields...)
	}
	return out
}

// maxRows is how many times a group can stand in a form.
const maxRows = 100

// rowsOf counts the groups of a field that a form holds.
func rowsOf(values url.Values, name string) int {
	n := 0
	for key := range values {
		rest, ok := strings.CutPrefix(key, name+".")
		if !ok {
			continue
		}
		index, _, _ := strings.Cut(rest, ".")
		if i, err := strconv.Atoi(index); err == nil && i >= n && i < maxRows {
			n = i + 1
		}
	}
	return n
}

// compact takes the groups out that nothing was typed in, so that the groups that
// stay have the numbers by which GraphQL tells what is wrong with them.
func (f field) compact(values url.Values) {
	if f.as != rows {
		return
	}
	kept := 0
	for i := range rowsOf(values, f.name) {
		from, to := rowName(f.name, i), rowName(f.name, kept)
		empty := true
		for _, p := range f.parts {
			empty = empty && strings.TrimSpace(values.Get(from+p.name)) == ""
		}
		for _, p := range f.parts {
			moved := values[from+p.name]
			values.Del(from + p.name)
			if !empty {
				values[to+p.name] = moved
			}
		}
		if !empty {
			kept++
		}
	}
}

func rowName(name string, i int) string { return name + "." + strconv.Itoa(i) + "." }

// same reports whether a field was left as it is.
func (f field) same(typed, current url.Values, prefix string) bool {
	name := prefix + f.name
	switch f.as {
	case group:
		for _, p := range f.parts {
			if !p.same(typed, current, name+".") {
				return false
			}
		}
		return true
	case rows:
		n := rowsOf(typed, name)
		if n != rowsOf(current, name) {
			return false
		}
		for i := range n {
			for _, p := range f.parts {
				if !p.same(typed, current, rowName(name, i)) {
					return false
				}
			}
		}
		return true
	case themes, choices:
		return sameSet(typed[name], current[name])
	}
	return strings.TrimSpace(typed.Get(name)) == strings.TrimSpace(current.Get(name))
}

func sameSet(a, b []string) bool {
	count := map[string]int{}
	for _, s := range a {
		count[s] |= 1
	}
	for _, s := range b {
		count[s] |= 2
	}
	for _, in := range count {
		if in != 3 {
			return false
		}
	}
	return true
}

// take puts the value of a field in one form in the place of that in another.
func (f field) take(into, from url.Values) {
	for key := range into {
		if key == f.name || strings.HasPrefix(key, f.name+".") {
			into.Del(key)
		}
	}
	for key, values := range from {
		if key == f.name || strings.HasPrefix(key, f.name+".") {
			into[key] = values
		}
	}
}

// fieldOf gives the name of the control that an error of GraphQL is about: in
// "partners[0].role" it is "partners.0.role". It is empty for none of the form.
func fieldOf(fields []field, path string) string {
	name := strings.NewReplacer("[", ".", "]", "").Replace(strings.TrimPrefix(path, "input."))
	head, rest, _ := strings.Cut(name, ".")
	for _, f := range fields {
		if f.key() != head && f.name != head {
			continue
		}
		if f.as == group || f.as == rows {
			return strings.TrimSuffix(f.name+"."+rest, ".")
		}
		return f.name
	}
	return ""
}

// notes are what is wrong with what was typed, by the name of the control.
type notes struct {
	order []note
}

type note struct{ name, text string }

func (n *notes) add(name, text string) { n.order = append(n.order, note{name, text}) }

// about gives what is wrong with one control.
func (n *notes) about(name string) string {
	var texts []string
	for _, e := range n.order {
		if e.name == name {
			texts = append(texts, e.text)
		}
	}
	return strings.Join(texts, " ")
}

// refused adds what GraphQL found wrong.
func (n *notes) refused(fields []field, problems []operations.Problem) {
	for _, p := range problems {
		n.add(fieldOf(fields, p.Field), p.Message)
	}
}
