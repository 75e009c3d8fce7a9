package httpd

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/klauspost/compress/gzhttp"
	"github.com/rs/cors"

	"leerkring/internal/kb"
)

// Config is what the handler is made of. All fields but Origins are required.
type Config struct {
	Pages   http.Handler
	GraphQL http.Handler
	// Files answers /files/, by who is asking, and BySecret /uploads/ and /downloads/, by
	// who has the address.
	Files, BySecret http.Handler
	// Origins are the sites whose scripts may read /graphql and files, each like
	// https://example.nl; none means only our own.
	Origins []string
	// Ready says why the program cannot serve yet, with a text for the operator.
	Ready func(ctx context.Context) error
	// Reference makes a short text that no other request has.
	Reference func() string
	Now       func() time.Time
	Log       *slog.Logger
}

// NewHandler gives the handler of all that the program answers. Invalid means
// that one of the origins is none.
func NewHandler(c Config) (http.Handler, error) {
	for _, origin := range c.Origins {
		if !isOrigin(origin) {
			return nil, kb.Errorf(kb.Invalid, kb.Text{
				NL: "%q is geen herkomst voor --allow-origin. Noem elke site voluit, zonder pad, zoals https://app.voorbeeld.nl.",
				EN: "%q is no origin for --allow-origin. Name each site in full, without a path, like https://app.example.nl.",
			}, origin)
		}
	}
	compress, err := gzhttp.NewWrapper(gzhttp.MinSize(1_000), gzhttp.EnableZstd(false), gzhttp.ContentTypes([]string{
		"text/html", "text/css", "text/plain", "text/javascript", "application/javascript", "application/json",
		"application/graphql-response+json", "application/atom+xml", "application/xml", "image/svg+xml",
	}))
	if err != nil {
		return nil, err
	}
	site := http.NewServeMux()
	site.Handle("/graphql", crossOrigin(c.Origins, c.GraphQL))
	site.Handle("/", c.Pages)
	bounded := http.MaxBytesHandler(site, maxBody)
	sending := patient(silentWithin, site)
	answering := countPeople(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if carriesFile(r) {
			sending.ServeHTTP(w, r)
			return
		}
		bounded.ServeHTTP(w, r)
	}))

	all := http.NewServeMux()
	all.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { plain(w, http.StatusOK, "ok") })
	all.HandleFunc("GET /readyz", c.ready)
	all.Handle("/", compress(c.rescue(answering)))
	if c.Files != nil && c.BySecret != nil {
		bytes := http.NewServeMux() // as they are: another coding would have other ranges
		bytes.Handle("/files/", crossOrigin(c.Origins, c.Files))
		bytes.Handle("/", crossOriginFiles(c.Origins, c.BySecret))
		for _, path := range []string{"/files/", "/uploads/", "/downloads/"} {
			all.Handle(path, c.rescue(patient(silentWithin, bytes)))
		}
	}
	return c.identify(c.access(headers(all))), nil
}

// isOrigin accepts a scheme and a host, and nothing that stands for several.
func isOrigin(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" &&
		s == u.Scheme+"://"+u.Host && !strings.ContainsAny(u.Host, "*@")
}

// crossOrigin lets the scripts of listed sites ask, with bearer tokens and without cookies.
func crossOrigin(origins []string, next http.Handler) http.Handler {
	if len(origins) == 0 {
		return next // rs/cors takes an empty list for everyone
	}
	return cors.New(cors.Options{
		AllowedOrigins: origins,
		AllowedMethods: []string{http.MethodGet, http.MethodPost, http.MethodHead},
		AllowedHeaders: []string{"Accept", "Accept-Language", "Authorization", "Content-Type", requestIDHeader},
		ExposedHeaders: []string{requestIDHeader},
		MaxAge:         600,
	}).Handler(next)
}

// crossOriginFiles lets the scripts of listed sites send and fetch files by addresses
// with a secret, with the headers of tus 1.0.0 (https://tus.io).
func crossOriginFiles(origins []string, next http.Handler) http.Handler {
	if len(origins) == 0 {
		return next
	}
	return cors.New(cors.Options{
		AllowedOrigins: origins,
		AllowedMethods: []string{http.MethodGet, http.MethodHead, http.MethodPatch, http.MethodPut, http.MethodDelete},
		AllowedHeaders: []string{"Content-Type", "Tus-Resumable", "Upload-Offset", "Upload-Length", requestIDHeader},
		ExposedHeaders: []string{
			"Tus-Resumable", "Tus-Version", "Tus-Extension", "Tus-Max-Size", "Upload-Offset", "Upload-Length", "Upload-Expires", "Upload-File",
			"Content-Disposition", requestIDHeader,
		},
		MaxAge: 600,
	}).Handler(next)
}

// headers sets what every answer carries. A page that needs more sets its own policy.
func headers(next http.Handler) http.Handler {
	const policy = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		next.ServeHTTP(w, r)
	})
}

// ready answers whether requests are answered in full.
func (c Config) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	w.Header().Set("Cache-Control", "no-store")
	err := c.Ready(ctx)
	if err == nil {
		plain(w, http.StatusOK, "ready")
		return
	}
	c.Log.InfoContext(r.Context(), "not ready", "code", kb.CodeOf(err), "err", err)
	plain(w, http.StatusServiceUnavailable, reason(err))
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text + "\n")) // a client that is gone needs no answer
}
