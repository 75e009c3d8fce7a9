package web

import (
	"errors"
	"net/http"
	"strconv"

	"leerkring/internal/kb"
)

// statusError is a request that has no page for a reason of HTTP itself.
type statusError struct{ status int }

// Error is for logs.
func (e statusError) Error() string { return http.StatusText(e.status) }

// errorPage says what went wrong and how to go on.
type errorPage struct {
	*layout
	Text      string
	Reference string
}

// statusOf is the one table from codes to HTTP.
func statusOf(err error) int {
	if e, ok := errors.AsType[statusError](err); ok {
		return e.status
	}
	switch codeOf(err) {
	case kb.NotFound:
		return http.StatusNotFound
	case kb.Invalid, kb.CursorInvalid, kb.CursorExpired:
		return http.StatusBadRequest
	case kb.TooLarge:
		return http.StatusRequestEntityTooLarge
	case kb.Unavailable, kb.Timeout:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// codeOf gives the code of an error of an operation or of the domain.
func codeOf(err error) kb.Code {
	if f, ok := errors.AsType[*Failure](err); ok {
		return f.Code
	}
	return kb.CodeOf(err)
}

// failed is the page of an error. A fault of ours is logged here, unless the
// executor already did.
func (v *visit) failed(err error) answer {
	status := statusOf(err)
	key := "error." + strconv.Itoa(status)
	p := &errorPage{layout: v.layout(v.text(message(key + ".title"))), Text: v.text(message(key + ".text"))}
	p.status, p.NoIndex = status, true
	f, fromExecutor := errors.AsType[*Failure](err)
	switch status {
	case http.StatusMethodNotAllowed:
		p.header.Set("Allow", "GET, HEAD")
	case http.StatusServiceUnavailable:
		p.header.Set("Retry-After", "5")
	case http.StatusBadRequest:
		if fromExecutor && f.Message != "" {
			p.Text = f.Message
		}
	case http.StatusInternalServerError:
		if fromExecutor && f.Reference != "" {
			p.Reference = f.Reference
			break
		}
		p.Reference = v.site.config.Reference(v.Context())
		v.site.config.Log.ErrorContext(v.Context(), "web: a page failed", "reference", p.Reference, "path", v.URL.Path, "error", err)
	}
	return answer{template: "error", page: p}
}
