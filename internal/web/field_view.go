package web

import (
	"net/url"
	"slices"
	"strconv"

	"leerkring/internal/kb"
	"leerkring/internal/web/operations"
)

// input is a field as the template "input" shows it.
type input struct {
	As    string
	ID    string // of the control, and the anchor of its error
	Name  string
	Label string
	Help  string
	Error string
	Value string
	// Fill is the value of autocomplete, Focus whether the control has the focus.
	Fill    string
	Focus   bool
	Must    string // in words, for who must fill it in
	Options []chosen
	Parts   []input
	Rows    []inputRow
	// More is the text of the button that adds a row.
	More string
	// Remarks are what was said of the field.
	Remarks []remark
}

// inputRow is one of the groups of a field.
type inputRow struct {
	Title string
	Parts []input
}

// chosen is a value that can be chosen.
type chosen struct {
	Value, Text string
	On          bool
}

// inputSet is a part of a form.
type inputSet struct {
	Title  string
	Inputs []input
}

// shower makes inputs of fields.
type shower struct {
	v      *visit
	values url.Values
	notes  *notes
	// themes are those that can be chosen.
	themes []operations.ThemeLink
	// row is the name of a group to which one is added.
	row string
	// prefix makes the ids of controls differ from those of other forms of the page.
	prefix string
}

// in gives a text in the language of the visit.
func (v *visit) in(t kb.Text) string { return t.In(string(v.lang)) }

func (s *shower) sets(sets []fieldset) []inputSet {
	var out []inputSet
	for _, set := range sets {
		out = append(out, inputSet{s.v.in(set.title), s.inputs(set.fields, "")})
	}
	return out
}

func (s *shower) inputs(fields []field, prefix string) []input {
	var out []input
	for _, f := range fields {
		out = append(out, s.input(f, prefix))
	}
	return out
}

// input shows one field with what was typed in it.
func (s *shower) input(f field, prefix string) input {
	name := prefix + f.name
	in := input{
		As: f.as.String(), ID: s.prefix + name, Name: name, Label: s.v.in(f.label), Help: s.v.in(f.help), Error: s.notes.about(name),
		Value: s.values.Get(name), Fill: f.autocomplete,
	}
	if f.must {
		in.Must = s.v.text("form.must")
	}
	switch f.as {
	case choice:
		none := message("form.unknown")
		if f.none != "" {
			none = f.none
		}
		in.Options = append(in.Options, chosen{"", s.v.text(none), in.Value == ""})
		in.Options = append(in.Options, s.options(f, []string{in.Value})...)
	case yesNo:
		for _, o := range []struct {
			value string
			text  message
		}{{"", "form.unknown"}, {"ja", "form.yes"}, {"nee", "form.no"}} {
			in.Options = append(in.Options, chosen{o.value, s.v.text(o.text), in.Value == o.value})
		}
	case choices:
		in.Options = s.options(f, s.values[name])
	case themes:
		for _, t := range s.themes {
			in.Options = append(in.Options, chosen{t.Slug, t.Label, slices.Contains(s.values[name], t.Slug)})
		}
	case group:
		in.Parts = s.inputs(f.parts, name+".")
	case rows:
		s.rows(&in, f)
	case password:
		in.Value = "" // a password is never sent back
	}
	return in
}

// rows shows the groups of a field, one of them empty when there is none yet or
// one was asked for.
func (s *shower) rows(in *input, f field) {
	n := rowsOf(s.values, in.Name)
	added := s.row == in.Name
	if (n == 0 || added) && n < maxRows {
		n++
	}
	for i := range n {
		row := inputRow{in.Label + " " + strconv.Itoa(i+1), s.inputs(f.parts, rowName(in.Name, i))}
		if added && i == n-1 {
			row.Parts[0].Focus = true
		}
		in.Rows = append(in.Rows, row)
	}
	if n < maxRows {
		in.More = s.v.text("form.more", in.Label)
	}
}

func (s *shower) options(f field, values []string) []chosen {
	var out []chosen
	for _, o := range f.options {
		out = append(out, chosen{o.code, s.v.in(o.text), slices.Contains(values, o.code)})
	}
	return out
}

// String names the control for the template.
func (c control) String() string {
	switch c {
	case prose:
		return "prose"
	case plainly, lines, many:
		return "text"
	case number:
		return "number"
	case moment:
		return "moment"
	case choice, yesNo:
		return "choice"
	case choices, themes:
		return "choices"
	case group:
		return "group"
	case rows:
		return "rows"
	case password:
		return "password"
	case email:
		return "email"
	}
	return "line"
}

// problem is what is wrong, in the list above a form.
type problem struct{ Text, Anchor string }

// problems lists what is wrong, each with the way to its control.
func (s *shower) problems(fields []field) []problem {
	var out []problem
	for _, n := range s.notes.order {
		p := problem{Text: n.text}
		if n.name != "" {
			p.Anchor = s.prefix + n.name
			if label := labelOf(fields, n.name); label.NL != "" {
				p.Text = s.v.in(label) + ": " + n.text
			}
		}
		out = append(out, p)
	}
	return out
}

// labelOf gives what the control with a name is called.
func labelOf(fields []field, name string) kb.Text {
	for _, f := range fields {
		if name == f.name || len(name) > len(f.name) && name[:len(f.name)+1] == f.name+"." {
			return f.label
		}
	}
	return kb.Text{}
}

// simpleForm is a page with one short form.
type simpleForm struct {
	*layout
	Intro    string
	Problems []problem
	Inputs   []input
	Hidden   []hidden
	// Username is the address to which a browser keeps the password of the form.
	Username string
	Submit   string
	// Danger marks what cannot be undone.
	Danger bool
	Links  []link
	// Show is something that is shown this once: a link or a token.
	Show      string
	ShowLabel string
	// Tables tell what doing it would change.
	Tables []table
}

// hidden is a value that a form sends on.
type hidden struct{ Name, Value string }

// formPage shows a short form; values are what was typed.
func (v *visit) formPage(title, intro message, fields []field, values url.Values, wrong *notes, submit message) *simpleForm {
	s := &shower{v: v, values: values, notes: wrong, row: v.form.Get(paramAdd)}
	p := &simpleForm{layout: v.layout(v.text(title)), Inputs: s.inputs(fields, ""), Problems: s.problems(fields), Submit: v.text(submit)}
	if intro != "" {
		p.Intro = v.text(intro)
	}
	if v.asking != nil && v.asking.Account != nil && slices.ContainsFunc(fields, func(f field) bool { return f.as == password }) {
		p.Username = v.asking.Account.Email
	}
	p.NoIndex = true
	if len(p.Problems) > 0 {
		p.status = 422
	}
	return p
}
