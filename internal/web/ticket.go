package web

import (
	"net/http"
	"net/url"

	"leerkring/internal/web/operations"
)

// ticketFields are what a link that works once asks.
func ticketFields(purpose operations.TicketPurpose) []field {
	name := ask("name", line, "Naam", "Name").filled("name")
	secret := ask("password", password, "Nieuw wachtwoord", "New password").filled("new-password").
		explained("Ten minste 12 tekens. Een zin van een paar woorden is sterk en goed te onthouden.", "At least 12 characters. A sentence of a few words is strong and easy to remember.")
	switch purpose {
	case operations.TicketPurposeFirstAdmin:
		return []field{name, ask("email", email, "E-mailadres", "E-mail address").filled("username"), secret}
	case operations.TicketPurposeReset:
		return []field{secret}
	}
	return []field{name, secret}
}

// showTicket is the page of a link that works once.
func showTicket(v *visit) (answer, error) {
	return v.ticketPage(nil, &notes{})
}

// ticketPage asks what the link is for; a link that does not work says so.
func (v *visit) ticketPage(typed url.Values, wrong *notes) (answer, error) {
	r, err := operations.Ticket(v.Context(), v.client, v.PathValue("secret"))
	if err != nil {
		return answer{}, err
	}
	if r.Ticket == nil {
		p := &simpleForm{layout: v.secretLayout("ticket.gone.title"), Intro: v.text("ticket.gone.text")}
		p.status = http.StatusNotFound
		p.Links = []link{{Text: p.T("signin.forgotten"), URL: p.Link("/wachtwoord-vergeten")}, {Text: p.T("signin.title"), URL: p.Link(signInPath)}}
		return answer{template: "form", page: p}, nil
	}
	if typed == nil {
		typed = url.Values{"name": {r.Ticket.Name}}
	}
	key := message("ticket." + string(r.Ticket.Purpose))
	p := v.formPage(key+".title", key+".intro", ticketFields(r.Ticket.Purpose), typed, wrong, "ticket.submit")
	if r.Ticket.Email != "" {
		p.Intro += " " + p.T("ticket.email", r.Ticket.Email)
		p.Username = r.Ticket.Email
	}
	secretHeaders(p.layout)
	return answer{template: "form", page: p}, nil
}

func (v *visit) secretLayout(title message) *layout {
	l := v.layout(v.text(title))
	secretHeaders(l)
	return l
}

// secretHeaders keep the address of a page to itself.
func secretHeaders(l *layout) {
	l.NoIndex = true
	l.header.Set("Cache-Control", "no-store")
	l.header.Set("Referrer-Policy", "no-referrer")
}

// redeem uses the link.
func redeem(v *visit) (answer, error) {
	r, err := operations.RedeemTicket(v.Context(), v.client, v.PathValue("secret"), v.form.Get("password"), v.sent("name"), v.sent("email"))
	if err != nil {
		if !isRefusal(err) {
			return answer{}, err
		}
		return v.ticketPage(v.form, v.refusal(err))
	}
	if r.RedeemTicket.Session == nil {
		wrong := &notes{}
		wrong.refused(ticketFields(operations.TicketPurposeFirstAdmin), r.RedeemTicket.UserErrors)
		return v.ticketPage(v.form, wrong)
	}
	a := done("/", "done.welcome")
	a.cookie = v.session(r.RedeemTicket.Session)
	return a, nil
}
