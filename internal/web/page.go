package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strings"

	"leerkring/internal/kb"
)

// page is the data of a template.
type page interface{ base() *layout }

// layout is what all pages have.
type layout struct {
	Lang       language
	Title      string
	Demo       bool
	CatchingUp bool   // searches may miss what is new
	NoIndex    bool   // not for search engines
	Stylesheet string // addresses of our own files
	Icon       string
	Script     string // of the search box
	Autosave   string // the script of forms that save themselves
	// Done says what came of the form that led here; empty for nothing.
	Done string
	// Menu is the menu of who is signed in, SignIn the way in for a visitor.
	Menu   []menuItem
	SignIn string
	// Here is the address of the page without its language, Section the
	// segment of the menu that it belongs to.
	Here    string
	Section string

	messages catalogue
	status   int
	header   http.Header
}

func (l *layout) base() *layout { return l }

// layout makes the frame of a page.
func (v *visit) layout(title string) *layout {
	l := &layout{
		Lang: v.lang, Title: title, Demo: v.site.config.Demo, Here: v.path(), Section: v.path(),
		Stylesheet: v.site.assets.stylesheet, Icon: v.site.assets.icon, Script: v.site.assets.script, Autosave: v.site.assets.autosave,
		messages: v.site.messages, status: http.StatusOK, header: http.Header{},
	}
	l.Menu, l.SignIn = v.menu(l), v.toSignIn()
	if code := message("done." + v.URL.Query().Get(paramDone)); v.site.messages.has(code) {
		l.Done = l.T(code)
	}
	return l
}

// T gives a message in the language of the page.
func (l *layout) T(key message, args ...any) string {
	return l.messages.in(l.Lang, key, args...)
}

func (l *layout) span(from, to kb.Date) string { return l.messages.span(l.Lang, from, to) }

// Number writes a number in the language of the page.
func (l *layout) Number(n int) string { return l.Lang.number(n) }

// Link gives an address of this site in the language of the page; addresses of
// other sites stay as they are.
func (l *layout) Link(to string) string {
	if strings.HasPrefix(to, "/") {
		return l.Lang.prefix() + to
	}
	return to
}

// Other is the language that the page can be read in as well.
func (l *layout) Other() language { return l.Lang.other() }

// In is the address of the same page in a language.
func (l *layout) In(lang language) string { return lang.prefix() + l.Here }

// Current is the value of aria-current for a link of the menu.
func (l *layout) Current(section string) string {
	switch {
	case l.Here == section:
		return "page"
	case l.Section == section:
		return "true"
	}
	return ""
}

// Foreign gives the language of a text when it is not that of the page, for the
// attribute lang.
func (l *layout) Foreign(lang string) string {
	if lang == string(l.Lang) {
		return ""
	}
	return lang
}

// menuItem is one link of a menu.
type menuItem struct{ Text, URL, Current string }

// Item makes a link of a menu to a page of this site.
func (l *layout) Item(to string, key message) menuItem {
	return menuItem{l.T(key), l.Link(to), l.Current(to)}
}

// OtherName is the name of the other language, in that language.
func (l *layout) OtherName() string { return l.T(message("language." + string(l.Other()))) }

// External reports whether an address is of another site.
func (l *layout) External(to string) bool { return !strings.HasPrefix(to, "/") }

// cardList is a list of cards on a page.
type cardList struct {
	*layout
	Cards []card
}

// CardList hands cards to the template that shows them.
func (l *layout) CardList(cards []card) cardList { return cardList{l, cards} }

// pathOf gives the path of a record's address, which GraphQL gives in full.
func pathOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Path
}

// parseTemplates reads the embedded templates; each page is the layout with its
// own main part.
func parseTemplates() (map[string]*template.Template, error) {
	shared, err := template.ParseFS(files, "templates/layout.html", "templates/parts.html", "templates/inputs.html", "templates/files_parts.html")
	if err != nil {
		return nil, err
	}
	out := map[string]*template.Template{}
	for _, name := range []string{
		"start", "search", "record", "list", "about", "help", "error",
		"form", "kinds", "write", "gone", "table", "review", "history", "profile", "leaf", "files", "file",
	} {
		t, err := shared.Clone()
		if err != nil {
			return nil, err
		}
		if out[name], err = t.ParseFS(files, "templates/"+name+".html"); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// policy lets a page load nothing but our own style sheet, script and pictures, and
// ask nobody but us.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// write renders a page and sends it. A browser asks each time whether the page has
// changed, and gets a short answer when it has not.
func (s *site) write(w http.ResponseWriter, v *visit, a answer) {
	body, err := s.render(a)
	if err != nil {
		a = v.failed(fmt.Errorf("template %s: %w", a.template, err))
		if body, err = s.render(a); err != nil {
			panic(fmt.Sprintf("web: the error page does not render: %v", err))
		}
	}
	base := a.page.base()
	h := w.Header()
	for key, values := range base.header {
		h[key] = values
	}
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", string(v.lang))
	h.Set("Content-Security-Policy", policy)
	if v.actor().SignedIn() || h.Get("Cache-Control") != "" {
		h.Set("Cache-Control", "private, no-store") // what one person may see is kept by nobody
		w.WriteHeader(base.status)
		v.send(w, body)
		return
	}
	if base.status != http.StatusOK {
		h.Set("Cache-Control", "no-store")
		w.WriteHeader(base.status)
		v.send(w, body)
		return
	}
	sum := sha256.Sum256(body)
	tag := `"` + hex.EncodeToString(sum[:12]) + `"`
	h.Set("Cache-Control", "no-cache")
	h.Set("ETag", tag)
	if strings.Contains(v.Header.Get("If-None-Match"), tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	v.send(w, body)
}

func (s *site) render(a answer) ([]byte, error) {
	var b bytes.Buffer
	err := s.templates[a.template].ExecuteTemplate(&b, "layout", a.page)
	return b.Bytes(), err
}

func (v *visit) send(w http.ResponseWriter, body []byte) {
	if _, err := w.Write(body); err != nil {
		v.site.config.Log.DebugContext(v.Context(), "web: the page was not sent", "error", err) // the reader is gone
	}
}
