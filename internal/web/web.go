package web

import (
	"context"
	"html/template"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"
	_ "time/tzdata" // meetings are shown in Dutch time, also where no zones are installed

	"github.com/Khan/genqlient/graphql"

	"leerkring/internal/kb"
	"leerkring/internal/web/operations"
)

// Config is what the pages need. All fields but Demo are required.
type Config struct {
	Execute Execute
	// GraphQL answers the requests that carry a file, as it answers those of others.
	GraphQL http.Handler
	Log     *slog.Logger
	// Reference gives the short text under which a fault of a request stands in
	// the log, like the request's id.
	Reference func(context.Context) string
	// SetSession gives the browser what proves its session, and ClearSession takes
	// it away.
	SetSession   func(ctx context.Context, w http.ResponseWriter, secret string)
	ClearSession func(w http.ResponseWriter)
	// NewKey makes a text that no other form has, so that a form that is sent twice
	// makes one record.
	NewKey func() string
	// Demo says on every page that the collection is an example.
	Demo bool
}

// site serves the pages.
type site struct {
	config    Config
	templates map[string]*template.Template
	assets    *assets
	zone      *time.Location
	markdown  *markdown
	messages  catalogue
}

// New makes the handler of the pages. It fails only when the program itself is
// broken: a template that does not parse.
func New(c Config) (http.Handler, error) {
	templates, err := parseTemplates()
	if err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		return nil, err
	}
	static, err := newAssets()
	if err != nil {
		return nil, err
	}
	s := &site{config: c, templates: templates, assets: static, zone: zone, markdown: newMarkdown(), messages: messages()}
	return s.routes(), nil
}

// maxAddress is the most bytes that the query of an address may have: room for
// 10,000 signs of any script, of which the first are searched for.
const maxAddress = 128 << 10

// visit is one request for a page.
type visit struct {
	*http.Request
	site   *site
	lang   language
	client graphql.Client
	// asking is who is signed in; nil for a visitor.
	asking *asking
	// form is what was sent with POST.
	form url.Values
}

// answer is what a handler gives: a page, a file, or another address to go to.
type answer struct {
	template string
	page     page
	file     *file
	// moved is where a page is now, next where a reader goes on after a form was
	// dealt with; both are addresses of this site without a language.
	moved, next string
	// cookie gives or takes a session.
	cookie func(http.ResponseWriter)
}

// file is an answer that is no page.
type file struct {
	mediaType string
	name      string // under which it is kept; empty for what is not
	bytes     []byte
}

// handler makes the page of a visit. What keeps it from doing so is an error,
// which becomes the error page.
type handler func(v *visit) (answer, error)

func (s *site) routes() http.Handler {
	mux := http.NewServeMux()
	for _, lang := range languages() {
		handle := func(pattern string, h handler) {
			mux.Handle(lang.prefix()+pattern, s.serve(lang, route{get: h}))
		}
		mux.Handle(lang.prefix()+"/suggesties", s.suggestions(lang))
		handle("/{$}", search)
		handle("/", missing)
		handle("/over", plain("about"))
		handle("/help/zoeken", plain("help"))
		for _, l := range lists() {
			handle(l.path, l.show)
		}
		for segment, h := range records() {
			handle("/"+segment+"/{slug}", orTombstone(segment, h))
		}
		handle("/bestand/{id}", leafFile)
		handle("/bestand/{id}/{n}", leafOne)
		for pattern, r := range forms() {
			mux.Handle(lang.prefix()+pattern, s.serve(lang, r))
		}
	}
	mux.Handle("/en", http.RedirectHandler("/en/", http.StatusMovedPermanently))
	s.assets.register(mux)
	return mux
}

// route is what an address answers: a page to GET, and to POST what came of a form.
type route struct {
	get, post handler
	// stream takes a form with files, which it reads itself.
	stream handler
}

// serve is the one way in to all pages of a language.
func (s *site) serve(lang language, r route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		v := s.visit(req, lang)
		a, err := v.answer(w, r)
		if codeOf(err) == kb.Unauthenticated && !v.actor().SignedIn() {
			a, err = answer{next: v.toSignIn()}, nil
		}
		if err != nil {
			a = v.failed(err)
		}
		if a.cookie != nil {
			a.cookie(w)
		}
		switch {
		case a.moved != "":
			http.Redirect(w, req, v.address(a.moved), http.StatusMovedPermanently)
		case a.next != "":
			w.Header().Set("Cache-Control", "no-store")
			http.Redirect(w, req, v.address(a.next), http.StatusSeeOther)
		case a.file != nil:
			v.sendFile(w, a.file)
		default:
			s.write(w, v, a)
		}
	})
}

// address makes an address of this site, in the language of the visit, safe to be sent on to.
func (v *visit) address(to string) string {
	path, query, found := strings.Cut(to, "?")
	u := url.URL{Path: withinSite(v.lang.prefix() + path)}
	if found {
		u.RawQuery = query
	}
	return u.String()
}

func (s *site) visit(r *http.Request, lang language) *visit {
	return &visit{Request: r, site: s, lang: lang, client: client{s.config.Execute, lang}}
}

// withinSite makes a path one that no browser takes for the address of another
// host: after the slash that begins it comes neither a slash nor a backslash.
// Other signs are escaped when the address is written.
func withinSite(path string) string { return "/" + strings.TrimLeft(path, `/\`) }

func (v *visit) answer(w http.ResponseWriter, r route) (answer, error) {
	h := r.get
	switch v.Method {
	case http.MethodGet, http.MethodHead:
	case http.MethodPost:
		h = r.post
		if r.stream != nil && v.carriesFile() {
			h = r.stream
		}
	default:
		h = nil
	}
	if h == nil {
		return answer{}, methodError{r}
	}
	if len(v.URL.RawQuery) > maxAddress {
		return answer{}, statusError{http.StatusRequestURITooLong}
	}
	if v.Method == http.MethodPost && !(r.stream != nil && v.carriesFile()) {
		if err := v.readForm(w); err != nil {
			return answer{}, err
		}
	}
	if err := v.ask(); err != nil {
		return answer{}, err
	}
	return h(v)
}

// text gives a message in the language of the visit.
func (v *visit) text(key message, args ...any) string {
	return v.site.messages.in(v.lang, key, args...)
}

// span writes a period in the language of the visit.
func (v *visit) span(from, to kb.Date) string { return v.site.messages.span(v.lang, from, to) }

// path is the path of the visit without its language.
func (v *visit) path() string {
	return strings.TrimPrefix(v.URL.Path, v.lang.prefix())
}

// missing is the page for an address that is none of ours. One with a slash too
// many at its end goes on without it, and one that editors moved to where it is now.
func missing(v *visit) (answer, error) {
	if trimmed := strings.TrimRight(v.path(), "/"); trimmed != v.path() && trimmed != "" {
		return answer{moved: trimmed}, nil
	}
	return v.movedOr(statusError{http.StatusNotFound})
}

// movedOr gives where editors say that the page is now, or else an error.
func (v *visit) movedOr(otherwise error) (answer, error) {
	r, err := operations.Moved(v.Context(), v.client, v.path())
	if err == nil && r.Redirect != nil {
		return answer{moved: r.Redirect.To}, nil
	}
	return answer{}, otherwise
}

// plain is a page that is only text.
func plain(name string) handler {
	return func(v *visit) (answer, error) {
		return answer{template: name, page: v.layout(v.text(message(name + ".title")))}, nil
	}
}

// foundAt tells whether a record's page was asked for at its own address; if not,
// to is that address.
func (v *visit) foundAt(recordURL string) (to string, ok bool) {
	own := pathOf(recordURL)
	return own, own == v.path()
}
