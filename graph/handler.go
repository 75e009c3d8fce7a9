package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"

	"leerkring/internal/kb"
)

// maxBody is the most bytes that a request may have.
const maxBody = 1 << 20

const (
	typeJSON     = "application/json"
	typeResponse = "application/graphql-response+json"
)

// handler speaks GraphQL over HTTP. It is our own since gqlgen's transports read
// bodies without bound and put them into their error messages.
type handler struct {
	executor  *Executor
	log       *slog.Logger
	languages language.Matcher
}

// Handler serves operations over HTTP as the GraphQL-over-HTTP specification says:
// GET for queries, and POST with a JSON body, or with a form that carries files.
func Handler(e *Executor, log *slog.Logger) http.Handler {
	return &handler{e, log, language.NewMatcher([]language.Tag{language.Dutch, language.English})}
}

// ServeHTTP answers one request.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	if ctx.Value(languageKey{}) == nil {
		ctx = WithLanguage(ctx, preferredLanguage(h.languages, r.Header.Get("Accept-Language")))
	}
	w.Header().Add("Vary", "Accept, Accept-Language")
	w.Header().Set("Cache-Control", "no-store")
	var op operation
	var err error
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		op, err = fromURL(r)
	case http.MethodPost:
		if name, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); name == typeForm {
			op, err = h.fromForm(w, r)
		} else {
			op, err = fromBody(w, r)
		}
	case http.MethodOptions:
		w.Header().Set("Allow", "GET, HEAD, POST, OPTIONS")
		w.WriteHeader(http.StatusNoContent)
		return
	default:
		err = kb.Errorf(MethodNotAllowed, kb.Text{NL: "Gebruik GET of POST.", EN: "Use GET or POST."})
	}
	if err != nil {
		h.refuse(w, r, h.executor.present(ctx, err))
		return
	}
	data, errs := h.executor.run(ctx, op)
	if op.uploads != nil {
		data, errs = h.received(ctx, op.uploads, data, errs)
	}
	if data == nil {
		h.refuse(w, r, errs)
		return
	}
	h.write(w, r, http.StatusOK, answer{errs, data})
}

// received ends the coming in of files. A form that broke off, or is wrong in a way that
// shows only while its files are read, is refused as a whole.
func (h *handler) received(ctx context.Context, u *uploads, data json.RawMessage, errs []Error) (json.RawMessage, []Error) {
	if u.broken != nil {
		data, errs = nil, h.executor.present(ctx, u.broken)
	} else if kb.ActorOf(ctx).SignedIn() {
		u.drain()
	}
	if err := u.close(context.WithoutCancel(ctx)); err != nil {
		h.log.WarnContext(ctx, "graphql: what was put aside of a request stays until the scrub", "err", err)
	}
	return data, errs
}

// refuse answers a request of which nothing was executed. For application/json a
// request that is well-formed GraphQL over HTTP is a 200, as that media type always was.
func (h *handler) refuse(w http.ResponseWriter, r *http.Request, errs []Error) {
	code := errs[0].Code()
	status := statusOf(code)
	ofDocument := code == ParseFailed || code == ValidationFailed || code == QueryTooComplex || code == kb.Timeout
	if ofDocument && mediaType(r) == typeJSON {
		status = http.StatusOK
	}
	if status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", "GET, HEAD, POST, OPTIONS")
	}
	h.write(w, r, status, answer{Errors: errs})
}

// answer is a response as the specification writes it; data is absent when
// nothing was executed.
type answer struct {
	Errors []Error
	Data   json.RawMessage
}

// encode writes the answer as JSON. The data come from the executor as JSON, and
// are not read over again.
func (a answer) encode() ([]byte, error) {
	var b bytes.Buffer
	b.Grow(len(a.Data) + 64)
	b.WriteByte('{')
	if len(a.Errors) > 0 {
		b.WriteString(`"errors":`)
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(a.Errors); err != nil {
			return nil, err
		}
		if a.Data != nil {
			b.WriteByte(',')
		}
	}
	if a.Data != nil {
		b.WriteString(`"data":`)
		b.Write(a.Data)
	}
	b.WriteString("}\n")
	return b.Bytes(), nil
}

func (h *handler) write(w http.ResponseWriter, r *http.Request, status int, a answer) {
	body, err := a.encode()
	if err != nil {
		panic("graph: errors that are no JSON: " + err.Error()) // we made them ourselves
	}
	w.Header().Set("Content-Type", mediaType(r)+"; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	if _, err := w.Write(body); err != nil {
		h.log.DebugContext(r.Context(), "graphql: the answer was not sent", "error", err) // the client is gone
	}
}

// mediaType chooses the form of the answer: the newer one for who names it, the
// one that every client knows for the rest.
func mediaType(r *http.Request) string {
	for part := range strings.SplitSeq(strings.Join(r.Header.Values("Accept"), ","), ",") {
		name, params, err := mime.ParseMediaType(part)
		if err != nil || params["q"] == "0" {
			continue
		}
		if name == typeResponse || name == typeJSON {
			return name
		}
	}
	return typeJSON
}

// fromURL reads an operation from the query of an address.
func fromURL(r *http.Request) (operation, error) {
	q, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return operation{}, kb.Wrap(err, BadRequest, kb.Text{NL: "Het adres is niet te lezen.", EN: "The address cannot be read."})
	}
	op := operation{Query: q.Get("query"), OperationName: q.Get("operationName"), readOnly: true}
	for name, into := range map[string]*map[string]any{"variables": &op.Variables, "extensions": &op.Extensions} {
		if v := q.Get(name); v != "" {
			if err := decode([]byte(v), into); err != nil {
				return operation{}, kb.Wrap(err, BadRequest, kb.Text{NL: "De parameter %s is geen JSON-object.", EN: "The parameter %s is not a JSON object."}, name)
			}
		}
	}
	return op, op.complete()
}

// fromBody reads an operation from the body of a POST.
func fromBody(w http.ResponseWriter, r *http.Request) (operation, error) {
	name, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if charset := params["charset"]; err != nil || name != typeJSON || (charset != "" && !strings.EqualFold(charset, "utf-8")) {
		return operation{}, kb.Errorf(UnsupportedMediaType, kb.Text{NL: "Stuur de vraag als application/json in UTF-8, met bestanden als multipart/form-data.", EN: "Send the request as application/json in UTF-8, with files as multipart/form-data."})
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		return operation{}, kb.Wrap(err, kb.TooLarge, kb.Text{NL: "Het verzoek is te groot: hoogstens %d bytes.", EN: "The request is too large: at most %d bytes."}, maxBody)
	}
	if err != nil {
		return operation{}, kb.Wrap(err, BadRequest, kb.Text{NL: "Het verzoek brak af.", EN: "The request was cut off."})
	}
	op, err := readOperation(body)
	if err != nil {
		return operation{}, err
	}
	return op, op.complete()
}

// readOperation reads an operation in JSON.
func readOperation(body []byte) (operation, error) {
	if strings.HasPrefix(strings.TrimLeft(string(body[:min(len(body), 64)]), " \t\r\n"), "[") {
		return operation{}, kb.Errorf(BadRequest, kb.Text{NL: "Stuur één vraag per verzoek; een lijst van vragen kan niet.", EN: "Send one operation per request; a batch is not supported."})
	}
	var op operation
	if err := decode(body, &op); err != nil {
		return operation{}, kb.Wrap(err, BadRequest, kb.Text{
			NL: `Het verzoek is geen JSON-object met "query" en eventueel "variables" en "operationName".`,
			EN: `The request is not a JSON object with "query" and possibly "variables" and "operationName".`,
		})
	}
	return op, nil
}

// complete reports an operation without a document.
func (op operation) complete() error {
	if strings.TrimSpace(op.Query) == "" {
		return kb.Errorf(BadRequest, kb.Text{NL: `Het verzoek heeft geen "query".`, EN: `The request has no "query".`})
	}
	if !utf8.ValidString(op.Query) || !utf8.ValidString(op.OperationName) {
		return kb.Errorf(BadRequest, kb.Text{NL: "Het verzoek is geen geldige UTF-8.", EN: "The request is not valid UTF-8."})
	}
	return nil
}
