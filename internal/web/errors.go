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

// methodError is a request with a method that an address has no answer to.
type methodError struct{ route route }

// Error is for logs.
func (methodError) Error() string { return http.StatusText(http.StatusMethodNotAllowed) }

// allowed are the methods that it has an answer to.
func (e methodError) allowed() string {
	switch {
	case e.route.post == nil && e.route.stream == nil:
		return "GET, HEAD"
	case e.route.get == nil:
		return "POST"
	}
	return "GET, HEAD, POST"
}

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
	if _, ok := errors.AsType[methodError](err); ok {
		return http.StatusMethodNotAllowed
	}
	switch codeOf(err) {
	case kb.Unauthenticated:
		return http.StatusUnauthorized
	case kb.Forbidden:
		return http.StatusForbidden
	case kb.Conflict:
		return http.StatusConflict
	case kb.NotFound:
		return http.StatusNotFound
	case kb.Invalid, kb.CursorInvalid, kb.CursorExpired:
		return http.StatusBadRequest
	case kb.TooLarge:
		return http.StatusRequestEntityTooLarge
	case kb.Unavailable, kb.Timeout, kb.TooMany:
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
		if e, ok := errors.AsType[methodError](err); ok {
			p.header.Set("Allow", e.allowed())
		}
	case http.StatusServiceUnavailable:
		p.header.Set("Retry-After", "5")
	case http.StatusBadRequest, http.StatusConflict:
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

// messageOf gives what a person may read of an error.
func (v *visit) messageOf(err error) string {
	if f, ok := errors.AsType[*Failure](err); ok && f.Message != "" {
		return f.Message
	}
	return v.text("error.500.title")
}
