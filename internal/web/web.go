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
)

// Config is what the pages need. All fields but Demo are required.
type Config struct {
	Execute Execute
	Log     *slog.Logger
	// Reference gives the short text under which a fault of a request stands in
	// the log, like the request's id.
	Reference func(context.Context) string
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
}

// answer is what a handler gives: a page, or another address to go to.
type answer struct {
	template string
	page     page
	moved    string
}

// handler makes the page of a visit. What keeps it from doing so is an error,
// which becomes the error page.
type handler func(v *visit) (answer, error)

func (s *site) routes() http.Handler {
	mux := http.NewServeMux()
	for _, lang := range languages() {
		handle := func(pattern string, h handler) {
			mux.Handle(lang.prefix()+pattern, s.serve(lang, h))
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
			handle("/"+segment+"/{slug}", h)
		}
	}
	mux.Handle("/en", http.RedirectHandler("/en/", http.StatusMovedPermanently))
	s.assets.register(mux)
	return mux
}

// serve is the one way in to all pages of a language.
func (s *site) serve(lang language, h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := s.visit(r, lang)
		a, err := v.answer(h)
		if err != nil {
			a = v.failed(err)
		}
		if a.moved != "" {
			to := url.URL{Path: withinSite(lang.prefix() + a.moved)}
			http.Redirect(w, r, to.String(), http.StatusMovedPermanently)
			return
		}
		s.write(w, v, a)
	})
}

func (s *site) visit(r *http.Request, lang language) *visit {
	return &visit{Request: r, site: s, lang: lang, client: client{s.config.Execute, lang}}
}

// withinSite makes a path one that no browser takes for the address of another
// host: after the slash that begins it comes neither a slash nor a backslash.
// Other signs are escaped when the address is written.
func withinSite(path string) string { return "/" + strings.TrimLeft(path, `/\`) }

func (v *visit) answer(h handler) (answer, error) {
	if v.Method != http.MethodGet && v.Method != http.MethodHead {
		return answer{}, statusError{http.StatusMethodNotAllowed}
	}
	if len(v.URL.RawQuery) > maxAddress {
		return answer{}, statusError{http.StatusRequestURITooLong}
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
// many at its end goes on without it.
func missing(v *visit) (answer, error) {
	if trimmed := strings.TrimRight(v.path(), "/"); trimmed != v.path() && trimmed != "" {
		return answer{moved: trimmed}, nil
	}
	return answer{}, statusError{http.StatusNotFound}
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
