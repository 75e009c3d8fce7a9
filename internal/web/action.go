package web

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"leerkring/internal/kb"
	"leerkring/internal/web/operations"
)

// recordAction is a step of the workflow that someone takes with a record.
type recordAction struct {
	ability operations.RecordAction
	word    string // in its address
	fields  []field
	// mutation does it with a record of a kind, by the name of its type.
	mutation func(typ string) operations.Mutation
	// danger marks what cannot be undone, after what is left at a record's page.
	danger bool
}

// recordActions are the steps, in the order in which they are offered.
func recordActions() []recordAction {
	step := func(name string) func(string) operations.Mutation {
		return func(string) operations.Mutation { return operations.Step(name) }
	}
	return []recordAction{
		{operations.RecordActionSubmit, "indienen", []field{ask("note", plainly, "Bericht aan de redactie", "Message to the editors").explained("Mag leeg blijven.", "May stay empty.")}, step("submitForReview"), false},
		{operations.RecordActionRetract, "terugnemen", nil, step("retractFromReview"), false},
		{operations.RecordActionApprove, "publiceren", []field{ask("publishAt", moment, "Publiceren op", "Publish on").explained("Laat leeg om nu te publiceren.", "Leave empty to publish now.")}, step("publish"), false},
		{operations.RecordActionRequestChanges, "wijzigingen", []field{ask("note", plainly, "Wat moet er anders?", "What should change?").needed()}, step("requestChanges"), false},
		{operations.RecordActionAssignReviewer, "toewijzen", []field{choose("reviewer", "Wie kijkt ernaar?", "Who looks at it?")}, step("assignReviewer"), false},
		{operations.RecordActionUnschedule, "niet-plannen", nil, step("unschedule"), false},
		{operations.RecordActionConfirm, "klopt-nog", []field{ask("reviewBy", day, "Opnieuw bekijken op", "To be looked at again on").needed().explained("Bijvoorbeeld 2027-01 of 12-3-2027.", "For example 2027-01 or 2027-03-12.")}, step("confirmStillCorrect"), false},
		{operations.RecordActionDiscardCopy, "weggooien", nil, step("discardWorkingCopy"), true},
		{operations.RecordActionWithdraw, "intrekken", []field{
			ask("reason", plainly, "Waarom?", "Why?").needed().explained("Dit lezen de mensen die de pagina zoeken.", "People who look for the page read this."),
			refer("replacedBy", one, "Wat kunnen zij nu lezen?", "What can they read instead?", "Case", "Publication", "Presentation", "Lesson").explained("Een titel of adres. Mag leeg blijven.", "A title or an address. May stay empty."),
		}, operations.Withdraw, true},
		{operations.RecordActionRestore, "terugzetten", nil, operations.Restore, false},
		{operations.RecordActionRestoreRevision, "herstellen", nil, step("restoreRevision"), false},
		{operations.RecordActionDelete, "verwijderen", nil, operations.Delete, true},
	}
}

const paramRevision = "versie_terug"

// acting is an action with a record, as it is asked for and done.
type acting struct {
	v      *visit
	action recordAction
	record *operations.Record
	notes  notes
}

func (v *visit) acting() (*acting, error) {
	r, err := operations.Standing(v.Context(), v.client, v.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if r.Node == nil || r.Node.ID == "" {
		return nil, statusError{http.StatusNotFound}
	}
	i := slices.IndexFunc(recordActions(), func(a recordAction) bool { return a.word == v.PathValue("actie") })
	if i < 0 {
		return nil, statusError{http.StatusNotFound}
	}
	a := &acting{v: v, action: recordActions()[i], record: r.Node}
	if !may(r.Node.ViewerCan, a.action.ability) {
		return nil, kb.Errorf(kb.Forbidden, kb.Text{NL: "Dit kan niet (meer).", EN: "This cannot be done (any more)."})
	}
	if a.action.ability == operations.RecordActionAssignReviewer {
		if err := a.reviewers(); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// reviewers fills in who can be asked to review.
func (a *acting) reviewers() error {
	r, err := operations.Reviewers(a.v.Context(), a.v.client)
	if err != nil {
		return err
	}
	var options []value
	for _, w := range r.Reviewers {
		options = append(options, value{w.Id, kb.Text{NL: w.Name, EN: w.Name}})
	}
	a.action.fields[0].options, a.action.fields[0].none = options, "action.nobody"
	return nil
}

func showAction(v *visit) (answer, error) {
	a, err := v.acting()
	if err != nil {
		return answer{}, err
	}
	values := url.Values{}
	if review := a.record.Work().Review; review != nil && review.Reviewer != nil {
		values.Set("reviewer", review.Reviewer.ID)
	}
	return a.page(values, a.record.Version, v.URL.Query().Get(paramRevision))
}

// page asks for what the action needs, and for certainty.
func (a *acting) page(values url.Values, version int, revision string) (answer, error) {
	key := message("action." + string(a.action.ability))
	p := a.v.formPage(key, "", a.action.fields, values, &a.notes, key)
	p.Title = p.T(key) + ": " + a.v.nameOf(a.record)
	p.Intro = p.T(key + ".about")
	p.Danger = a.action.danger
	p.Hidden = []hidden{{paramVersion, strconv.Itoa(version)}}
	if revision != "" {
		p.Hidden = append(p.Hidden, hidden{paramRevision, revision})
		p.Intro += " " + p.T("action.revision", revision)
	}
	p.Links = []link{{Text: p.T("form.back"), URL: p.Link(a.v.workAddress(a.record))}}
	return answer{template: "form", page: p}, nil
}

// workAddress is where one works on a record: for editors the page of the review,
// for others the record's own.
func (v *visit) workAddress(r *operations.Record) string {
	if v.can(operations.ViewerActionReview) {
		return "/redactie/" + url.PathEscape(r.ID)
	}
	if path := pathOf(r.URL); path != "" {
		return path
	}
	return "/mijn/concepten"
}

// act takes the step.
func act(v *visit) (answer, error) {
	a, err := v.acting()
	if err != nil {
		return answer{}, err
	}
	r := v.reader(v.form, map[string]reference{})
	input := map[string]any{"id": a.record.ID}
	input["version"], _ = strconv.Atoi(v.form.Get(paramVersion)) // what is no number is a conflict
	for _, f := range a.action.fields {
		value := f.read(r, "")
		if value == nil && f.must {
			r.notes.add(f.name, v.text("form.missing"))
		}
		if value != nil {
			input[f.key()] = value
		}
	}
	if a.action.ability == operations.RecordActionRestoreRevision {
		input["revision"], _ = strconv.Atoi(v.form.Get(paramRevision))
	}
	if a.notes = r.notes; r.err != nil {
		return answer{}, r.err
	}
	if len(a.notes.order) > 0 {
		return a.page(v.form, a.record.Version, v.form.Get(paramRevision))
	}
	return a.do(input)
}

func (a *acting) do(input map[string]any) (answer, error) {
	outcome, err := operations.Change(a.v.Context(), a.v.client, a.action.mutation(a.record.Type), maps.Clone(input))
	if err != nil {
		if !isRefusal(err) {
			return answer{}, err
		}
		a.notes.add("", a.v.messageOf(err))
		return a.page(a.v.form, a.record.Version, a.v.form.Get(paramRevision))
	}
	if len(outcome.Errors) > 0 {
		a.notes.refused(slices.Concat(a.action.fields, flat(kindOf(a.record.Type).form())), outcome.Errors)
		return a.page(a.v.form, a.record.Version, a.v.form.Get(paramRevision))
	}
	code := message("done." + a.action.word)
	switch a.action.ability {
	case operations.RecordActionDelete:
		return done("/mijn/concepten", code), nil
	case operations.RecordActionRequestChanges, operations.RecordActionApprove, operations.RecordActionConfirm:
		return done("/redactie", code), nil
	case operations.RecordActionRetract, operations.RecordActionSubmit:
		return done("/mijn/concepten", code), nil
	}
	return done(a.v.workAddress(a.record), code), nil
}
