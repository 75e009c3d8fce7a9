package web

import (
	"net/http"
	"net/url"

	"leerkring/internal/web/operations"
)

// subform is a short form on a page of its own, which changes one thing.
type subform struct {
	title, intro, submit message
	fields               func(v *visit) ([]field, error)
	// values fill the form in at first; nil leaves it empty.
	values func(v *visit) (url.Values, error)
	// try shows what doing it would change, and no tables when nothing is to be tried.
	try func(v *visit, input map[string]any) ([]table, error)
	// do does it, with the values as an input takes them.
	do func(v *visit, input map[string]any) (result, error)
	// back is where one goes on, or back to without doing it.
	back   func(v *visit) string
	danger bool
}

// result is what came of a form.
type result struct {
	problems []operations.Problem
	// done is the message on the page where one goes on.
	done message
	// show is shown this once: a link or a token, with what it is.
	show      string
	showLabel message
	cookie    func(http.ResponseWriter)
	// next is where one goes on when that is not back.
	next string
}

// route is the page of the form, for who may.
func (f subform) route(guard func(handler) handler) route {
	return route{get: guard(f.get), post: guard(f.post)}
}

func (f subform) get(v *visit) (answer, error) {
	values := url.Values{}
	if f.values != nil {
		var err error
		if values, err = f.values(v); err != nil {
			return answer{}, err
		}
	}
	return f.page(v, values, &notes{})
}

func (f subform) page(v *visit, values url.Values, wrong *notes) (answer, error) {
	fields, err := f.fields(v)
	if err != nil {
		return answer{}, err
	}
	p := v.formPage(f.title, f.intro, fields, values, wrong, f.submit)
	p.Danger = f.danger
	if version := values.Get(paramVersion); version != "" {
		p.Hidden = []hidden{{paramVersion, version}}
	}
	p.Links = []link{{Text: p.T("form.back"), URL: p.Link(f.back(v))}}
	return answer{template: "form", page: p}, nil
}

func (f subform) post(v *visit) (answer, error) {
	fields, err := f.fields(v)
	if err != nil {
		return answer{}, err
	}
	if v.form.Get(paramAdd) != "" {
		return f.page(v, v.form, &notes{})
	}
	for _, field := range fields {
		field.compact(v.form)
	}
	r := v.reader(v.form, map[string]reference{})
	input := map[string]any{}
	for _, field := range fields {
		value := field.read(r, "")
		if value == nil && field.must {
			r.notes.add(field.name, v.text("form.missing"))
		}
		if value != nil {
			input[field.key()] = value
		}
	}
	if r.err != nil {
		return answer{}, r.err
	}
	if len(r.notes.order) > 0 {
		return f.page(v, v.form, &r.notes)
	}
	if f.try != nil {
		tables, err := f.try(v, input)
		if err == nil && len(tables) > 0 {
			a, err := f.page(v, v.form, &notes{})
			if p, ok := a.page.(*simpleForm); ok {
				p.Tables = tables
			}
			return a, err
		}
		if err != nil {
			return f.refused(v, err)
		}
	}
	out, err := f.do(v, input)
	if err != nil {
		return f.refused(v, err)
	}
	if len(out.problems) > 0 {
		r.notes.refused(fields, out.problems)
		return f.page(v, v.form, &r.notes)
	}
	return f.succeeded(v, out)
}

// refused shows the form with the reason why it was refused.
func (f subform) refused(v *visit, err error) (answer, error) {
	if !isRefusal(err) {
		return answer{}, err
	}
	return f.page(v, v.form, v.refusal(err))
}

// succeeded leads on, or shows what is shown this once.
func (f subform) succeeded(v *visit, out result) (answer, error) {
	if out.show == "" {
		next := out.next
		if next == "" {
			next = f.back(v)
		}
		a := done(next, out.done)
		a.cookie = out.cookie
		return a, nil
	}
	p := &simpleForm{layout: v.secretLayout(out.showLabel), Intro: v.text(out.showLabel + ".about"), Show: out.show, ShowLabel: v.text(out.showLabel)}
	p.Links = []link{{Text: p.T("form.on"), URL: p.Link(f.back(v))}}
	return answer{template: "form", page: p}, nil
}

// backTo leads to one address.
func backTo(path string) func(*visit) string { return func(*visit) string { return path } }

// asks gives the same fields to everyone.
func asks(fields ...field) func(*visit) ([]field, error) {
	return func(*visit) ([]field, error) { return fields, nil }
}

// textOf gives a text of an input; empty when it is not there.
func textOf(input map[string]any, name string) string {
	text, _ := input[name].(string)
	return text
}
