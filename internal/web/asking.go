package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"leerkring/internal/kb"
	"leerkring/internal/web/operations"
)

// asking is who is signed in, as the pages need it.
type asking struct {
	operations.AskingViewer
}

// actor is who is asking, as the edge before the pages found out.
func (v *visit) actor() kb.Actor { return kb.ActorOf(v.Context()) }

// ask finds out what who is signed in may do.
func (v *visit) ask() error {
	if !v.actor().SignedIn() {
		return nil
	}
	r, err := operations.Asking(v.Context(), v.client)
	if err != nil {
		return err
	}
	v.asking = &asking{r.Viewer}
	return nil
}

// can reports whether who is asking may do something in general.
func (v *visit) can(action operations.ViewerAction) bool {
	return v.asking != nil && slices.Contains(v.asking.Can, action)
}

// signedIn lets only those in who are signed in; others are asked to.
func signedIn(h handler) handler {
	return func(v *visit) (answer, error) {
		if v.asking == nil {
			return answer{next: v.toSignIn()}, nil
		}
		return h(v)
	}
}

// whoCan lets only those in who may do something in general.
func whoCan(action operations.ViewerAction, h handler) handler {
	return signedIn(func(v *visit) (answer, error) {
		if !v.can(action) {
			return answer{}, kb.Errorf(kb.Forbidden, kb.Text{NL: "Dit mag u niet.", EN: "You may not do this."})
		}
		return h(v)
	})
}

// menu is what is offered to who is signed in.
func (v *visit) menu(l *layout) []menuItem {
	if v.asking == nil {
		return nil
	}
	var items []menuItem
	add := func(show bool, to string, key message, args ...any) {
		if show {
			items = append(items, menuItem{l.T(key, args...), l.Link(to), l.Current(to)})
		}
	}
	add(v.can(operations.ViewerActionSeeDrafts), "/mijn/concepten", "menu.drafts")
	if n := v.asking.UnreadNotifications; n > 0 {
		add(true, "/meldingen", "menu.notifications.new", n)
	} else {
		add(true, "/meldingen", "menu.notifications")
	}
	add(len(v.asking.Creatable) > 0, "/nieuw", "menu.new")
	add(v.can(operations.ViewerActionReview), "/redactie", "menu.review")
	add(v.can(operations.ViewerActionManageAccounts) || v.can(operations.ViewerActionManageTeams) || v.can(operations.ViewerActionEditLists), "/beheer", "menu.admin")
	add(true, "/profiel", "menu.profile")
	return items
}

const paramBack = "terug"

// toSignIn is the address of the page to sign in, from which one comes back here.
func (v *visit) toSignIn() string {
	back := v.path()
	if v.Method == http.MethodGet && v.URL.RawQuery != "" {
		back += "?" + v.URL.RawQuery
	}
	if back == "/" || strings.HasPrefix(back, signInPath) || hasSecret(back) {
		return signInPath
	}
	return signInPath + "?" + url.Values{paramBack: {back}}.Encode()
}

// comeBack gives the address where one goes on after signing in, without a language:
// a path within this site and nothing else.
func comeBack(to string) string {
	u, err := url.Parse(to)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || u.Opaque != "" || !strings.HasPrefix(u.Path, "/") || hasSecret(u.Path) {
		return "/"
	}
	inside := withinSite(u.Path) // it is escaped when it is sent on
	if u.RawQuery != "" {
		inside += "?" + u.RawQuery
	}
	return inside
}
