package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"leerkring/internal/kb"
	"leerkring/internal/web/operations"
)

const profilePath = "/profiel"

// profilePage is all that is stored about who is asking.
type profilePage struct {
	*layout
	Account operations.AccountRow
	Role    string
	Mails   string
	Teams   []link
	Listed  string
	Public  string // the address of the profile that others see
	Facts   []fact
	Consent bool
	Tables  []table
}

func showProfile(v *visit) (answer, error) {
	r, err := operations.PersonalData(v.Context(), v.client)
	if err != nil {
		return answer{}, err
	}
	d := r.PersonalData
	p := &profilePage{
		layout: v.layout(v.text("profile.title")), Account: d.Account, Role: v.text(message("role." + string(d.Account.Role))),
		Mails: v.text(message("mails." + string(d.Account.Mails))), Consent: d.Consent, Teams: v.teamLinks(d.Account.Teams),
	}
	p.NoIndex = true
	if d.Person != nil {
		p.Facts = v.personFacts(d.Person)
		if d.Consent {
			p.Public = pathOf(scalar(d.Person["url"]))
		}
	}
	for _, c := range []struct {
		label   kb.Text
		contact *operations.Contact
	}{{kb.Text{NL: "E-mailadres", EN: "E-mail address"}, d.Email}, {kb.Text{NL: "Telefoonnummer", EN: "Telephone number"}, d.Phone}} {
		if c.contact != nil {
			p.Facts = append(p.Facts, fact{Label: v.in(c.label), Text: c.contact.Value + " (" + v.text(message("visible."+string(c.contact.Visibility))) + ")"})
		}
	}
	p.Tables = []table{v.sessionTable(p.layout, d.Sessions), v.tokenTable(p.layout, d.Tokens, profilePath+"/tokens"), v.madeTable(p.layout, d.Records), v.saidTable(p.layout, d.Comments), v.didTable(p.layout, d.Events)}
	return answer{template: "profile", page: p}, nil
}

// personFacts are what a profile says, as its form asks it.
func (v *visit) personFacts(person map[string]any) []fact {
	filled := newFiller(v.site.zone)
	s := &shower{v: v, notes: &notes{}}
	var out []fact
	for _, f := range profileFields() {
		if f.as == group {
			continue // with for whom it is, below
		}
		f.fill(filled, "", person[f.name])
		if text := s.readable(f, filled.values, ""); text != "" {
			out = append(out, fact{Label: v.in(f.label), Text: text})
		}
	}
	return out
}

func (v *visit) teamLinks(places []operations.Place) []link {
	var out []link
	for _, place := range places {
		l := link{Text: v.text("team.hidden"), Note: v.text(message("teamrole." + string(place.Role)))}
		if place.Team != nil && place.Team.Name != "" {
			l.Text, l.URL = place.Team.Name, pathOf(place.Team.URL)
		}
		out = append(out, l)
	}
	return out
}

func (v *visit) sessionTable(l *layout, sessions []operations.OwnSession) table {
	t := table{Caption: l.T("profile.sessions"), Columns: []string{l.T("col.browser"), l.T("col.since"), l.T("col.until"), l.T("col.do")}}
	for _, s := range sessions {
		browser := s.Browser
		if s.Current {
			browser += " (" + l.T("profile.this") + ")"
		}
		end := button{Action: l.Link(profilePath + "/sessies"), Text: l.T("profile.end"), Hidden: []hidden{{"sessie", s.Id}}}
		t.Rows = append(t.Rows, []cell{{Text: browser}, {Text: v.when(s.CreatedAt)}, {Text: v.when(s.ExpiresAt)}, {Buttons: []button{end}}})
	}
	return t
}

func (v *visit) tokenTable(l *layout, tokens []operations.Key, action string) table {
	t := table{Caption: l.T("profile.tokens"), Columns: []string{l.T("col.name"), l.T("col.hint"), l.T("col.scopes"), l.T("col.until"), l.T("col.do")}, Empty: l.T("profile.tokens.none")}
	for _, k := range tokens {
		scopes := ""
		for i, s := range k.Scopes {
			if i > 0 {
				scopes += ", "
			}
			scopes += l.T(message("scope." + string(s)))
		}
		revoke := button{Action: l.Link(action), Text: l.T("profile.revoke"), Hidden: []hidden{{"token", k.Id}}}
		t.Rows = append(t.Rows, []cell{{Text: k.Name, Note: k.Account.Name}, {Text: k.Hint + "…"}, {Text: scopes}, {Text: v.when(k.ExpiresAt)}, {Buttons: []button{revoke}}})
	}
	return t
}

func (v *visit) madeTable(l *layout, records []operations.Record) table {
	t := table{Caption: l.T("profile.records"), Columns: []string{l.T("col.title"), l.T("col.status"), l.T("col.changed")}, Empty: l.T("profile.nothing")}
	for _, r := range records {
		t.Rows = append(t.Rows, []cell{{Text: v.nameOf(&r), URL: l.Link(pathOf(r.URL))}, {Text: l.T(message("status." + string(r.Status)))}, {Text: v.when(r.UpdatedAt)}})
	}
	return t
}

func (v *visit) saidTable(l *layout, comments []operations.Comment) table {
	t := table{Caption: l.T("profile.comments"), Columns: []string{l.T("col.what"), l.T("col.when")}, Empty: l.T("profile.nothing")}
	for _, c := range comments {
		t.Rows = append(t.Rows, cells(c.Text, v.when(c.CreatedAt)))
	}
	return t
}

func (v *visit) didTable(l *layout, events []operations.Entry) table {
	t := table{Caption: l.T("profile.events"), Columns: []string{l.T("col.what"), l.T("col.record"), l.T("col.when")}, Empty: l.T("profile.nothing")}
	for _, e := range events[:min(len(events), 50)] {
		t.Rows = append(t.Rows, cells(l.T(message("event."+string(e.Event))), e.Label, v.when(e.At)))
	}
	return t
}

// exportData is all that is stored about who is asking, to keep.
func exportData(v *visit) (answer, error) {
	r, err := operations.PersonalExport(v.Context(), v.client)
	if err != nil {
		return answer{}, err
	}
	return answer{file: &file{mediaType: "application/json; charset=utf-8", name: "leerkring-gegevens.json", bytes: []byte(r.PersonalData.Json)}}, nil
}

// endSession ends one session, or all of them.
func endSession(v *visit) (answer, error) {
	one := v.form.Get("sessie")
	var which []string
	if one != "" {
		which = []string{one}
	}
	if _, err := operations.SignOut(v.Context(), v.client, which, one == ""); err != nil {
		return answer{}, err
	}
	return done(profilePath, "done.ended"), nil
}

func revokeToken(back string) handler {
	return func(v *visit) (answer, error) {
		r, err := operations.RevokeToken(v.Context(), v.client, v.form.Get("token"))
		if err != nil {
			return answer{}, err
		}
		if len(r.RevokeToken.UserErrors) > 0 {
			return answer{}, statusError{http.StatusNotFound}
		}
		return done(back, "done.revoked"), nil
	}
}

// profileForms are the short forms of the profile by the last part of their address.
func profileForms() map[string]subform {
	back := backTo(profilePath)
	return map[string]subform{
		"account": {
			title: "profile.account", submit: "form.save", back: back, values: accountValues,
			fields: asks(ask("name", line, "Naam", "Name").needed().filled("name"),
				choose("language", "Taal van mails", "Language of mails", value{"nl", kb.Text{NL: "Nederlands", EN: "Dutch"}}, value{"en", kb.Text{NL: "Engels", EN: "English"}}).needed()),
			do: func(v *visit, in map[string]any) (result, error) {
				version, _ := strconv.Atoi(v.form.Get(paramVersion)) // what is no number is a conflict
				r, err := operations.UpdateAccount(v.Context(), v.client, version, textOf(in, "name"), textOf(in, "language"))
				if err != nil {
					return result{}, err
				}
				return result{problems: r.UpdateAccount.UserErrors, done: "done.profile"}, nil
			},
		},
		"gegevens": {title: "profile.person", intro: "profile.person.intro", submit: "form.save", back: back, fields: asks(profileFields()...), values: personValues, do: saveProfile},
		"wachtwoord": {
			title: "profile.password", submit: "form.save", back: back,
			fields: asks(ask("current", password, "Wachtwoord tot nu toe", "Password until now").needed().filled("current-password"), ask("password", password, "Nieuw wachtwoord", "New password").needed().filled("new-password")),
			do: func(v *visit, in map[string]any) (result, error) {
				r, err := operations.ChangePassword(v.Context(), v.client, textOf(in, "current"), textOf(in, "password"))
				if err != nil || r.ChangePassword.Session == nil {
					return result{problems: problemsOf(r), done: "done.password"}, err
				}
				return result{done: "done.password", cookie: v.session(r.ChangePassword.Session)}, nil
			},
		},
		"mail": {
			title: "profile.mail", submit: "form.save", back: back, values: accountValues,
			fields: asks(choose("mails", "Meldingen per mail", "Notifications by mail", value{"NONE", kb.Text{NL: "niet", EN: "not at all"}}, value{"DAILY", kb.Text{NL: "één keer per dag", EN: "once a day"}}, value{"AT_ONCE", kb.Text{NL: "meteen", EN: "at once"}}).needed()),
			do: func(v *visit, in map[string]any) (result, error) {
				r, err := operations.SetMailMode(v.Context(), v.client, operations.MailMode(textOf(in, "mails")))
				if err != nil {
					return result{}, err
				}
				return result{problems: r.SetMailMode.UserErrors, done: "done.profile"}, nil
			},
		},
		"token":     {title: "token.new", intro: "token.intro", submit: "token.make", back: back, fields: asks(tokenFields()...), values: tokenValues, do: makeToken},
		"toestaan":  consent("consent.give", true, false),
		"intrekken": consent("consent.withdraw", false, true),
		"verwijderen": {
			title: "profile.delete", intro: "profile.delete.about", submit: "profile.delete", back: back, danger: true,
			fields: asks(ask("password", password, "Wachtwoord", "Password").filled("current-password").explained("Laat leeg als u via uw organisatie inlogt.", "Leave empty if you sign in through your organisation.")),
			do: func(v *visit, in map[string]any) (result, error) {
				r, err := operations.DeleteMyAccount(v.Context(), v.client, textOf(in, "password"))
				if err != nil {
					return result{}, err
				}
				return result{problems: r.DeleteMyAccount.UserErrors, done: "done.deleted", next: "/", cookie: v.site.config.ClearSession}, nil
			},
		},
	}
}

func problemsOf(r *operations.ChangePasswordResponse) []operations.Problem {
	if r == nil {
		return nil
	}
	return r.ChangePassword.UserErrors
}

func consent(key message, agree, danger bool) subform {
	return subform{
		title: key, intro: key + ".about", submit: key, back: backTo(profilePath), danger: danger, fields: asks(),
		do: func(v *visit, _ map[string]any) (result, error) {
			r, err := operations.SetConsent(v.Context(), v.client, agree)
			if err != nil {
				return result{}, err
			}
			return result{problems: r.SetConsent.UserErrors, done: "done.profile"}, nil
		},
	}
}

func accountValues(v *visit) (url.Values, error) {
	r, err := operations.Account(v.Context(), v.client, string(v.actor().Account))
	if err != nil || r.Account == nil {
		return nil, orNotFound(err)
	}
	return url.Values{
		"name": {r.Account.Name}, "language": {r.Account.Language}, "mails": {string(r.Account.Mails)}, paramVersion: {strconv.Itoa(r.Account.Version)},
	}, nil
}

// orNotFound gives an error, or that there is nothing here.
func orNotFound(err error) error {
	if err != nil {
		return err
	}
	return statusError{http.StatusNotFound}
}

func personValues(v *visit) (url.Values, error) {
	r, err := operations.PersonalData(v.Context(), v.client)
	if err != nil {
		return nil, err
	}
	d := r.PersonalData
	filled := newFiller(v.site.zone)
	for _, f := range profileFields() {
		f.fill(filled, "", d.Person[f.name])
	}
	for name, contact := range map[string]*operations.Contact{"email": d.Email, "phone": d.Phone} {
		filled.values.Del(name)
		if contact != nil {
			filled.values.Set(name+".value", contact.Value)
			filled.values.Set(name+".visibility", string(contact.Visibility))
		}
	}
	if d.Person == nil {
		filled.values.Set("name", d.Account.Name)
	} else {
		filled.values.Set("consent", map[bool]string{true: "ja", false: "nee"}[d.Consent])
		filled.values.Set(paramVersion, scalar(d.Person["version"]))
	}
	return filled.values, nil
}

// saveProfile keeps what a person says of themselves; what was emptied is cleared.
func saveProfile(v *visit, in map[string]any) (result, error) {
	for _, f := range profileFields() {
		if _, ok := in[f.key()]; !ok && f.as != yesNo {
			in[f.key()] = nil
		}
	}
	if version, err := strconv.Atoi(v.form.Get(paramVersion)); err == nil {
		in["version"] = version
	}
	r, err := operations.SaveProfile(v.Context(), v.client, in)
	if err != nil {
		return result{}, err
	}
	return result{problems: r.SaveProfile.UserErrors, done: "done.profile"}, nil
}

func tokenFields() []field {
	scopes := ask("scopes", choices, "Waarvoor?", "What for?").needed()
	for _, s := range []struct {
		scope operations.Scope
		text  kb.Text
	}{
		{operations.ScopeRead, kb.Text{NL: "lezen", EN: "reading"}},
		{operations.ScopeWrite, kb.Text{NL: "schrijven", EN: "writing"}},
		{operations.ScopeReview, kb.Text{NL: "redactie", EN: "reviewing"}},
		{operations.ScopeAdmin, kb.Text{NL: "beheer", EN: "administration"}},
	} {
		scopes.options = append(scopes.options, value{string(s.scope), s.text})
	}
	return []field{
		ask("name", line, "Naam van het programma", "Name of the program").needed(), scopes,
		ask("days", number, "Aantal dagen geldig", "Number of days that it works").needed().explained("Van 1 tot en met 366.", "From 1 to 366."),
	}
}

func tokenValues(*visit) (url.Values, error) {
	return url.Values{"scopes": {"READ"}, "days": {"90"}}, nil
}

func makeToken(v *visit, in map[string]any) (result, error) {
	days, _ := in["days"].(int)
	scopes, _ := in["scopes"].([]string)
	r, err := operations.CreateToken(v.Context(), v.client, v.PathValue("id"), textOf(in, "name"), enums[operations.Scope](scopes), days)
	if err != nil {
		return result{}, err
	}
	return result{problems: r.CreateToken.UserErrors, show: r.CreateToken.Secret, showLabel: "token.shown"}, nil
}

// isAny reports whether who is asking may do one of some things.
func (v *visit) isAny(actions ...operations.ViewerAction) bool {
	return slices.ContainsFunc(actions, v.can)
}
