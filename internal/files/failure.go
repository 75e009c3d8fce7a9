package files

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"leerkring/internal/kb"
)

// statusError is a request that is refused for a reason of HTTP itself.
type statusError struct {
	status int
	text   kb.Text
}

// Error is for logs.
func (e statusError) Error() string { return http.StatusText(e.status) + ": " + e.text.EN }

// statusOf is the one table from codes to HTTP.
func statusOf(code kb.Code) int {
	switch code {
	case kb.NotFound:
		return http.StatusNotFound
	case kb.Unauthenticated:
		return http.StatusUnauthorized
	case kb.Forbidden:
		return http.StatusForbidden
	case kb.Conflict:
		return http.StatusConflict
	case kb.Invalid:
		return http.StatusUnprocessableEntity
	case kb.TooLarge:
		return http.StatusRequestEntityTooLarge
	case kb.TooMany:
		return http.StatusTooManyRequests
	case kb.DiskFull:
		return http.StatusInsufficientStorage
	case kb.Unavailable, kb.Timeout, kb.ReadOnly:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// refusal is what a client is told of an error.
type refusal struct {
	Code      kb.Code           `json:"code"`
	Message   map[string]string `json:"message"`
	Reference string            `json:"reference,omitempty"`
}

// failed answers a request that cannot be done. A fault of ours is logged, and the
// client is told under which reference.
func (e *edge) failed(w http.ResponseWriter, r *http.Request, err error) {
	code := kb.CodeOf(err)
	status, text := statusOf(code), kb.Text{NL: "Er ging bij ons iets mis.", EN: "Something went wrong on our side."}
	if x, ok := errors.AsType[*kb.Error](err); ok && code != kb.Internal && code != kb.Damaged {
		text = x.Text
	}
	if x, ok := errors.AsType[statusError](err); ok {
		code, status, text = "", x.status, x.text
	}
	out := refusal{Code: code, Message: map[string]string{"nl": text.NL, "en": text.EN}}
	if status == http.StatusInternalServerError && r.Context().Err() == nil {
		out.Reference = e.Reference(r.Context())
		e.Log.ErrorContext(r.Context(), "files: a request failed", "reference", out.Reference, "method", r.Method, "error", err)
	}
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Del("ETag")
	if status == http.StatusServiceUnavailable || status == http.StatusTooManyRequests {
		h.Set("Retry-After", "5")
	}
	if strings.HasPrefix(r.URL.Path, "/uploads/") {
		h.Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(out) // a client that is gone needs no answer
		return
	}
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Del("Content-Disposition")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text.NL + "\n" + text.EN + "\n" + out.Reference))
}
