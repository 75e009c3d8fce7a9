package web

import (
	"net/http"
	"net/url"
	"strings"

	"leerkring/internal/kb"
	"leerkring/internal/web/operations"
)

const signInPath = "/inloggen"

func signInFields() []field {
	return []field{
		ask("email", email, "E-mailadres", "E-mail address").filled("username"),
		ask("password", password, "Wachtwoord", "Password").filled("current-password"),
	}
}

// showSignIn is the page to sign in.
func showSignIn(v *visit) (answer, error) {
	back := comeBack(v.URL.Query().Get(paramBack))
	if v.asking != nil {
		return answer{next: back}, nil
	}
	return v.signInPage(url.Values{}, &notes{}, back)
}

func (v *visit) signInPage(values url.Values, wrong *notes, back string) (answer, error) {
	r, err := operations.SignInSettings(v.Context(), v.client)
	if err != nil {
		return answer{}, err
	}
	p := v.formPage("signin.title", "", signInFields(), values, wrong, "signin.submit")
	p.Hidden = []hidden{{paramBack, back}}
	if back != "/" {
		p.Here = signInPath + "?" + url.Values{paramBack: {back}}.Encode()
	}
	p.header.Set("Cache-Control", "no-store")
	for _, provider := range r.Viewer.Settings.Providers {
		p.Links = append(p.Links, link{Text: p.T("signin.provider", provider.Label), URL: providerPath(provider.Url, v.lang.prefix()+back)})
	}
	p.Links = append(p.Links, link{Text: p.T("signin.forgotten"), URL: p.Link("/wachtwoord-vergeten")})
	if r.Viewer.Settings.OpenSignUp {
		p.Links = append(p.Links, link{Text: p.T("signin.signup"), URL: p.Link("/aanmelden")})
	}
	return answer{template: "form", page: p}, nil
}

// providerPath is where the sign-in of an organisation begins; it is of this site,
// and comes back to where one was.
func providerPath(address, back string) string {
	u := url.URL{Path: withinSite(pathOf(address)), RawQuery: url.Values{"naar": {back}}.Encode()}
	return u.String()
}

// signIn tries a password.
func signIn(v *visit) (answer, error) {
	back := comeBack(v.form.Get(paramBack))
	r, err := operations.SignIn(v.Context(), v.client, v.sent("email"), v.form.Get("password"))
	if err != nil {
		if !isRefusal(err) {
			return answer{}, err
		}
		return v.signInPage(v.form, v.refusal(err), back)
	}
	if r.SignIn.Session == nil {
		wrong := &notes{}
		wrong.refused(signInFields(), r.SignIn.UserErrors)
		return v.signInPage(v.form, wrong, back)
	}
	a := done(back, "done.welcome")
	a.cookie = v.session(r.SignIn.Session)
	return a, nil
}

// session is the cookie of a new session.
func (v *visit) session(s *operations.NewSession) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) { v.site.config.SetSession(v.Context(), w, s.Secret) }
}

// isRefusal reports whether an operation was refused for what was typed, which is
// shown above the form, and not for a fault.
func isRefusal(err error) bool {
	switch codeOf(err) {
	case kb.Unauthenticated, kb.Invalid, kb.Conflict, kb.Forbidden, kb.NotFound, kb.TooLarge, kb.TooMany:
		return true
	}
	return false
}

// refusal gives the reason of a refusal as a note on the whole form.
func (v *visit) refusal(err error) *notes {
	wrong := &notes{}
	wrong.add("", v.messageOf(err))
	return wrong
}

// signOut ends the session.
func signOut(v *visit) (answer, error) {
	if v.asking != nil {
		if _, err := operations.SignOut(v.Context(), v.client, nil, false); err != nil {
			return answer{}, err
		}
	}
	a := done("/", "done.signedout")
	a.cookie = v.site.config.ClearSession
	return a, nil
}

func signUpFields() []field {
	return []field{
		ask("name", line, "Naam", "Name").filled("name"),
		ask("email", email, "E-mailadres", "E-mail address").filled("email").explained("We sturen u een link om het adres te bevestigen.", "We send you a link to confirm the address."),
	}
}

// openSignUp lets a page in only where everyone can open an account.
func openSignUp(h handler) handler {
	return func(v *visit) (answer, error) {
		r, err := operations.SignInSettings(v.Context(), v.client)
		if err != nil {
			return answer{}, err
		}
		if !r.Viewer.Settings.OpenSignUp {
			return answer{}, statusError{http.StatusNotFound}
		}
		return h(v)
	}
}

func showSignUp(v *visit) (answer, error) {
	return answer{template: "form", page: v.formPage("signup.title", "signup.intro", signUpFields(), v.form, &notes{}, "signup.submit")}, nil
}

func signUp(v *visit) (answer, error) {
	r, err := operations.SignUp(v.Context(), v.client, v.sent("name"), v.sent("email"), string(v.lang))
	if err != nil {
		return answer{}, err
	}
	return v.sentTo(r.SignUp.UserErrors, "signup.title", "signup.intro", signUpFields(), "signup.submit")
}

func forgottenFields() []field {
	return []field{ask("email", email, "E-mailadres", "E-mail address").filled("email")}
}

func showForgotten(v *visit) (answer, error) {
	return answer{template: "form", page: v.formPage("forgotten.title", "forgotten.intro", forgottenFields(), v.form, &notes{}, "forgotten.submit")}, nil
}

func forgotten(v *visit) (answer, error) {
	r, err := operations.RequestPasswordReset(v.Context(), v.client, v.sent("email"))
	if err != nil {
		return answer{}, err
	}
	return v.sentTo(r.RequestPasswordReset.UserErrors, "forgotten.title", "forgotten.intro", forgottenFields(), "forgotten.submit")
}

// sentTo says that a mail was sent, the same for every address, or what is wrong
// with what was typed.
func (v *visit) sentTo(problems []operations.Problem, title, intro message, fields []field, submit message) (answer, error) {
	if len(problems) == 0 {
		return done(signInPath, "done.mailed"), nil
	}
	wrong := &notes{}
	wrong.refused(fields, problems)
	return answer{template: "form", page: v.formPage(title, intro, fields, v.form, wrong, submit)}, nil
}

// secretPaths are the first segments of links that work once, with what they are for.
func secretPaths() map[string]operations.TicketPurpose {
	return map[string]operations.TicketPurpose{
		"begin": operations.TicketPurposeFirstAdmin, "uitnodiging": operations.TicketPurposeInvitation,
		"bevestigen": operations.TicketPurposeConfirm, "wachtwoord": operations.TicketPurposeReset,
	}
}

// hasSecret reports whether a path ends in a secret, which may go nowhere else.
func hasSecret(path string) bool {
	segment, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(path, english.prefix()), "/"), "/")
	return secretPaths()[segment] != ""
}
