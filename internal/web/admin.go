package web

import (
	"net/http"
	"net/url"
	"strconv"

	"leerkring/internal/kb"
	"leerkring/internal/web/operations"
)

const adminPath = "/beheer"

// administers lets those in who keep accounts, teams or lists.
func administers(h handler) handler {
	return signedIn(func(v *visit) (answer, error) {
		if !v.isAny(operations.ViewerActionManageAccounts, operations.ViewerActionManageTeams, operations.ViewerActionEditLists) {
			return answer{}, kb.Errorf(kb.Forbidden, kb.Text{NL: "Dit mag u niet.", EN: "You may not do this."})
		}
		return h(v)
	})
}

func keepsAccounts(h handler) handler { return whoCan(operations.ViewerActionManageAccounts, h) }
func keepsLists(h handler) handler    { return whoCan(operations.ViewerActionEditLists, h) }

// admin is where administration begins: what who is asking may keep.
func admin(v *visit) (answer, error) {
	p := v.tables("menu.admin")
	way := func(show bool, to string, key message) {
		if show {
			p.Ways = append(p.Ways, link{Text: p.T(key), URL: p.Link(adminPath + to)})
		}
	}
	way(v.can(operations.ViewerActionManageAccounts), "/accounts", "accounts.title")
	way(v.can(operations.ViewerActionManageAccounts), "/tokens", "tokens.title")
	way(v.can(operations.ViewerActionEditLists), "/doorverwijzingen", "redirects.title")
	way(v.can(operations.ViewerActionEditLists), "/synoniemen", "synonyms.title")
	way(v.can(operations.ViewerActionEditLists), "/oordelen", "judgements.title")
	way(v.can(operations.ViewerActionSeeAudit), "/spoor", "audit.title")
	way(v.can(operations.ViewerActionSeeStatistics), "/statistiek", "statistics.title")
	if v.asking.Account != nil {
		t := table{Caption: p.T("admin.teams"), Columns: p.columns("col.name", "col.role"), Empty: p.T("admin.teams.none")}
		for _, place := range v.asking.Account.Teams {
			if place.Role == operations.TeamRoleParticipant || place.Team == nil {
				continue
			}
			t.Rows = append(t.Rows, []cell{{Text: place.Team.Name, URL: p.Link(teamPath(place.TeamID))}, {Text: p.T(message("teamrole." + string(place.Role)))}})
		}
		p.Tables = []table{t}
	}
	return p.answer(), nil
}

func teamPath(id string) string { return adminPath + "/teams/" + url.PathEscape(id) }

// adminAccounts are all accounts.
func adminAccounts(v *visit) (answer, error) {
	query := only(v.URL.Query(), paramAfter)
	r, err := operations.Accounts(v.Context(), v.client, query.Get(paramAfter))
	if err != nil {
		return answer{}, err
	}
	p := v.tables("accounts.title")
	p.Ways = []link{{Text: p.T("accounts.invite"), URL: p.Link(adminPath + "/uitnodigen")}, {Text: p.T("accounts.app"), URL: p.Link(adminPath + "/apps")}}
	t := table{Columns: p.columns("col.name", "col.email", "col.role", "col.teams", "col.status"), Empty: p.T("profile.nothing")}
	for _, a := range r.Accounts.Nodes {
		teams := ""
		for _, l := range v.teamLinks(a.Teams) {
			teams += l.Text + " (" + l.Note + ")\n"
		}
		row := cells(a.Name, a.Email, p.T(message("role."+string(a.Role))), "", v.accountState(a))
		row[0].URL = p.Link(accountPath(a.Id))
		row[3].Note = teams
		t.Rows = append(t.Rows, row)
	}
	p.Tables = []table{t}
	p.turn(adminPath+"/accounts", query, r.Accounts.PageInfo)
	return p.answer(), nil
}

func accountPath(id string) string { return adminPath + "/accounts/" + url.PathEscape(id) }

func (v *visit) accountState(a operations.AccountRow) string {
	switch {
	case a.Disabled:
		return v.text("account.disabled")
	case a.App:
		return v.text("account.app")
	case !a.Confirmed:
		return v.text("account.invited")
	}
	return v.text("account.works")
}

// adminAccount is one account with what an admin can do with it.
func adminAccount(v *visit) (answer, error) {
	a, err := v.account()
	if err != nil {
		return answer{}, err
	}
	p := v.tables("accounts.one")
	p.Title = a.Name
	path := accountPath(a.Id)
	p.Ways = []link{{Text: p.T("account.role"), URL: p.Link(path + "/rol")}, {Text: p.T("account.teams"), URL: p.Link(path + "/teams")}}
	switch {
	case a.Disabled:
		p.Ways = append(p.Ways, link{Text: p.T("account.enable"), URL: p.Link(path + "/aanzetten")})
	default:
		p.Ways = append(p.Ways, link{Text: p.T("account.disable"), URL: p.Link(path + "/uitzetten")})
	}
	if a.App {
		p.Ways = append(p.Ways, link{Text: p.T("token.new"), URL: p.Link(path + "/token")})
	} else {
		p.Ways = append(p.Ways, link{Text: p.T("account.renew"), URL: p.Link(path + "/uitnodigen")})
	}
	t := table{Columns: p.columns("col.what", "col.value")}
	t.Rows = [][]cell{cells(p.T("col.email"), a.Email), cells(p.T("col.role"), p.T(message("role."+string(a.Role)))), cells(p.T("col.status"), v.accountState(*a)), cells(p.T("col.since"), v.when(a.CreatedAt))}
	for _, l := range v.teamLinks(a.Teams) {
		t.Rows = append(t.Rows, cells(p.T("col.teams"), l.Text+" ("+l.Note+")"))
	}
	p.Tables = []table{t}
	return p.answer(), nil
}

// account is the account that the address names.
func (v *visit) account() (*operations.AccountRow, error) {
	r, err := operations.Account(v.Context(), v.client, v.PathValue("id"))
	if err != nil || r.Account == nil {
		return nil, orNotFound(err)
	}
	return r.Account, nil
}

func roleField() field {
	f := choose("role", "Rol", "Role").needed()
	for _, r := range []struct {
		role operations.Role
		text kb.Text
	}{
		{operations.RoleVisitor, kb.Text{NL: "bezoeker: leest wat openbaar is", EN: "visitor: reads what is public"}},
		{operations.RoleMember, kb.Text{NL: "lid: leest ook wat voor leden is, en stelt vragen", EN: "member: reads what is for members too, and asks questions"}},
		{operations.RoleExpert, kb.Text{NL: "expert: schrijft materiaal", EN: "expert: writes material"}},
		{operations.RoleEditor, kb.Text{NL: "redacteur: beoordeelt en publiceert", EN: "editor: reviews and publishes"}},
		{operations.RoleAdmin, kb.Text{NL: "beheerder: beheert accounts en teams", EN: "admin: keeps accounts and teams"}},
	} {
		f.options = append(f.options, value{string(r.role), r.text})
	}
	return f
}

func teamRoleField() field {
	return choose("role", "Rol in het team", "Role in the team",
		value{"PARTICIPANT", kb.Text{NL: "deelnemer", EN: "participant"}}, value{"FACILITATOR", kb.Text{NL: "begeleider", EN: "facilitator"}}, value{"ORGANISER", kb.Text{NL: "organisator", EN: "organiser"}}).needed()
}

func teamsField() field {
	return together("teams", rows, "Team", "Team", refer("team", one, "Leerkring of organisatie", "Learning circle or organisation", "LearningCircle", "Organisation"), teamRoleField())
}

// ofAccount is where the forms of one account come from.
func ofAccount(v *visit) string { return accountPath(v.PathValue("id")) }

// accountForms are the forms of administrators by their address below /beheer.
func accountForms() map[string]subform {
	list := backTo(adminPath + "/accounts")
	return map[string]subform{
		"/uitnodigen": {
			title: "accounts.invite", intro: "accounts.invite.about", submit: "accounts.invite", back: list,
			fields: asks(ask("name", line, "Naam", "Name").needed(), ask("email", email, "E-mailadres", "E-mail address").needed(), roleField(), teamsField(),
				choose("language", "Taal van mails", "Language of mails", value{"nl", kb.Text{NL: "Nederlands", EN: "Dutch"}}, value{"en", kb.Text{NL: "Engels", EN: "English"}})),
			values: func(*visit) (url.Values, error) { return url.Values{"role": {"MEMBER"}, "language": {"nl"}}, nil },
			do: func(v *visit, in map[string]any) (result, error) {
				r, err := operations.InviteAccount(v.Context(), v.client, in)
				if err != nil {
					return result{}, err
				}
				return result{problems: r.InviteAccount.UserErrors, done: "done.invited", show: r.InviteAccount.Link, showLabel: "accounts.link"}, nil
			},
		},
		"/apps": {
			title: "accounts.app", intro: "accounts.app.about", submit: "form.save", back: list,
			fields: asks(ask("name", line, "Naam", "Name").needed(), roleField()),
			do: func(v *visit, in map[string]any) (result, error) {
				r, err := operations.CreateApp(v.Context(), v.client, textOf(in, "name"), operations.Role(textOf(in, "role")))
				if err != nil {
					return result{}, err
				}
				return result{problems: r.CreateApp.UserErrors, done: "done.profile"}, nil
			},
		},
		"/accounts/{id}/rol": {
			title: "account.role", submit: "form.save", back: ofAccount, fields: asks(roleField()), values: adminValues,
			do: func(v *visit, in map[string]any) (result, error) {
				r, err := operations.SetRole(v.Context(), v.client, v.PathValue("id"), v.version(), operations.Role(textOf(in, "role")))
				if err != nil {
					return result{}, err
				}
				return result{problems: r.SetRole.UserErrors, done: "done.profile"}, nil
			},
		},
		"/accounts/{id}/teams":      {title: "account.teams", intro: "account.teams.about", submit: "form.save", back: ofAccount, fields: asks(teamsField()), values: adminValues, do: setTeams},
		"/accounts/{id}/uitzetten":  disabling("account.disable", true),
		"/accounts/{id}/aanzetten":  disabling("account.enable", false),
		"/accounts/{id}/token":      {title: "token.new", intro: "token.intro", submit: "token.make", back: ofAccount, fields: asks(tokenFields()...), values: tokenValues, do: makeToken},
		"/accounts/{id}/uitnodigen": {title: "account.renew", intro: "account.renew.about", submit: "account.renew", back: ofAccount, fields: asks(), do: renew},
	}
}

// version is the version that a form was made for; what is no number is a conflict.
func (v *visit) version() int {
	n, _ := strconv.Atoi(v.form.Get(paramVersion))
	return n
}

func renew(v *visit, _ map[string]any) (result, error) {
	r, err := operations.RenewInvitation(v.Context(), v.client, v.PathValue("id"))
	if err != nil {
		return result{}, err
	}
	return result{problems: r.RenewInvitation.UserErrors, done: "done.invited", show: r.RenewInvitation.Link, showLabel: "accounts.link"}, nil
}

func disabling(key message, off bool) subform {
	return subform{
		title: key, intro: key + ".about", submit: key, back: ofAccount, danger: off, fields: asks(), values: adminValues,
		do: func(v *visit, _ map[string]any) (result, error) {
			r, err := operations.SetDisabled(v.Context(), v.client, v.PathValue("id"), v.version(), off)
			if err != nil {
				return result{}, err
			}
			return result{problems: r.SetDisabled.UserErrors, done: "done.profile"}, nil
		},
	}
}

// adminValues are an account as the forms of administrators show it.
func adminValues(v *visit) (url.Values, error) {
	a, err := v.account()
	if err != nil {
		return nil, err
	}
	values := url.Values{paramVersion: {strconv.Itoa(a.Version)}, "role": {string(a.Role)}}
	for i, place := range a.Teams {
		name := place.TeamID
		if place.Team != nil && place.Team.URL != "" {
			name = pathOf(place.Team.URL)
		}
		values.Set(rowName("teams", i)+"team", name)
		values.Set(rowName("teams", i)+"role", string(place.Role))
	}
	return values, nil
}

func setTeams(v *visit, in map[string]any) (result, error) {
	teams := []operations.MembershipInput{}
	list, _ := in["teams"].([]any)
	for _, item := range list {
		place, _ := item.(map[string]any)
		teams = append(teams, operations.MembershipInput{Team: textOf(place, "team"), Role: operations.TeamRole(textOf(place, "role"))})
	}
	r, err := operations.SetTeams(v.Context(), v.client, v.PathValue("id"), v.version(), teams)
	if err != nil {
		return result{}, err
	}
	return result{problems: r.SetTeams.UserErrors, done: "done.profile"}, nil
}

// adminTokens are the tokens of all accounts.
func adminTokens(v *visit) (answer, error) {
	query := only(v.URL.Query(), paramAfter)
	r, err := operations.Tokens(v.Context(), v.client, query.Get(paramAfter))
	if err != nil {
		return answer{}, err
	}
	p := v.tables("tokens.title")
	t := v.tokenTable(p.layout, r.Tokens.Nodes, adminPath+"/tokens")
	t.Caption = ""
	p.Tables = []table{t}
	p.turn(adminPath+"/tokens", query, r.Tokens.PageInfo)
	return p.answer(), nil
}

// team is who is in a team, for those who keep it.
func team(v *visit) (answer, error) {
	r, err := operations.TeamMembers(v.Context(), v.client, v.PathValue("id"))
	if err != nil {
		return answer{}, err
	}
	if r.Node == nil || r.Node.ID == "" {
		return answer{}, statusError{http.StatusNotFound}
	}
	p := v.tables("team.title")
	p.Title = p.T("team.of", v.nameOf(r.Node))
	path := teamPath(r.Node.ID)
	p.Ways = []link{{Text: p.T("team.add"), URL: p.Link(path + "/erbij")}}
	t := table{Columns: p.columns("col.name", "col.role", "col.do"), Empty: p.T("team.nobody")}
	for _, m := range r.TeamMembers {
		out := button{Action: p.Link(path), Text: p.T("team.remove"), Hidden: []hidden{{"account", m.Account.Id}}}
		t.Rows = append(t.Rows, []cell{{Text: m.Account.Name}, {Text: p.T(message("teamrole." + string(m.Role)))}, {Buttons: []button{out}}})
	}
	p.Tables = []table{t}
	return p.answer(), nil
}

func removeMember(v *visit) (answer, error) {
	r, err := operations.RemoveTeamMember(v.Context(), v.client, v.PathValue("id"), v.form.Get("account"))
	if err != nil {
		return answer{}, err
	}
	if len(r.RemoveTeamMember.UserErrors) > 0 {
		return answer{}, statusError{http.StatusNotFound}
	}
	return done(teamPath(v.PathValue("id")), "done.profile"), nil
}

func addMember() subform {
	return subform{
		title: "team.add", intro: "team.add.about", submit: "team.add", back: func(v *visit) string { return teamPath(v.PathValue("id")) },
		fields: asks(ask("email", email, "E-mailadres", "E-mail address").needed(), teamRoleField()),
		do: func(v *visit, in map[string]any) (result, error) {
			r, err := operations.AddTeamMember(v.Context(), v.client, v.PathValue("id"), textOf(in, "email"), operations.TeamRole(textOf(in, "role")))
			if err != nil {
				return result{}, err
			}
			return result{problems: r.AddTeamMember.UserErrors, done: "done.profile"}, nil
		},
	}
}
