package mail

import (
	"context"
	"html/template"
	"log/slog"
	"net/http"
	"strings"

	"leerkring/internal/kb"
)

// stopPath is where the link that ends mails leads to; in English after /en.
const stopPath = "/mail/stop/"

// stopPage asks whether to stop, or says what came of it.
const stopPage = `<!doctype html>
<html lang="{{.Language}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">
<title>{{.Title}}</title></head>
<body><main><h1>{{.Title}}</h1><p>{{.Text}}</p>
{{with .Button}}<form method="post"><button>{{.}}</button></form>{{end}}
<p><a href="{{.Home}}">{{.HomeText}}</a></p></main></body></html>
`

// Stopping serves the link that ends mails in front of the other pages. A GET, which
// programs that look at mails do as well, only asks; a POST stops, for who has the
// link and without signing in, also as a mail program sends it (RFC 8058).
func Stopping(stop func(ctx context.Context, secret string) error, log *slog.Logger, next http.Handler) http.Handler {
	page := template.Must(template.New("stop").Parse(stopPage))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path, english := strings.CutPrefix(r.URL.Path, "/en")
		secret, ours := strings.CutPrefix(path, stopPath)
		if !ours || secret == "" {
			next.ServeHTTP(w, r)
			return
		}
		status, shown := http.StatusOK, asking()
		switch r.Method {
		case http.MethodGet, http.MethodHead:
		case http.MethodPost:
			err := stop(r.Context(), secret)
			status, shown = stopped(err)
			if status >= http.StatusInternalServerError {
				log.ErrorContext(r.Context(), "mails cannot be stopped now", "err", err)
			}
		default:
			w.Header().Set("Allow", "GET, HEAD, POST")
			status, shown = http.StatusMethodNotAllowed, asking()
		}
		h := w.Header()
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Cache-Control", "no-store")
		h.Set("Referrer-Policy", "no-referrer") // the address is the secret
		w.WriteHeader(status)
		_ = page.Execute(w, shown.in(english)) // a reader who is gone needs no answer
	})
}

// stopShown is what the page says; no button when there is nothing to do.
type stopShown struct{ title, text, button kb.Text }

func asking() stopShown {
	return stopShown{
		kb.Text{NL: "Mails stoppen", EN: "Stop mails"},
		kb.Text{NL: "Wilt u geen mails over meldingen meer? U kunt ze in uw profiel weer aanzetten.", EN: "Do you want no more mails of notifications? You can switch them on again in your profile."},
		kb.Text{NL: "Stuur mij geen mails meer", EN: "Send me no more mails"},
	}
}

func stopped(err error) (status int, shown stopShown) {
	switch kb.CodeOf(err) {
	case "":
		return http.StatusOK, stopShown{
			title: kb.Text{NL: "U krijgt geen mails meer", EN: "You get no more mails"},
			text:  kb.Text{NL: "Meldingen ziet u nog wel als u bent ingelogd. In uw profiel kunt u mails weer aanzetten.", EN: "You still see notifications when you are signed in. In your profile you can switch mails on again."},
		}
	case kb.NotFound:
		return http.StatusNotFound, stopShown{
			title: kb.Text{NL: "Deze link klopt niet", EN: "This link is not right"},
			text:  kb.Text{NL: "Is de link helemaal overgenomen? U kunt mails ook uitzetten in uw profiel.", EN: "Was the whole link copied? You can also switch mails off in your profile."},
		}
	}
	return http.StatusServiceUnavailable, stopShown{
		kb.Text{NL: "Het lukt nu niet", EN: "It does not work now"},
		kb.Text{NL: "Probeer het straks opnieuw.", EN: "Please try again later."},
		asking().button,
	}
}

func (s stopShown) in(english bool) any {
	lang, home := "nl", "/"
	if english {
		lang, home = "en", "/en/"
	}
	return struct{ Language, Title, Text, Button, Home, HomeText string }{
		lang, s.title.In(lang), s.text.In(lang), s.button.In(lang), home, kb.Text{NL: "Naar de kennisbank", EN: "To the knowledge base"}.In(lang),
	}
}
