package web

import (
	"errors"
	"mime"
	"net/http"
	"net/url"
	"strings"
)

const (
	// maxForm is the most bytes that a form may have: the longest record that kb
	// takes fits in it, with all its signs escaped.
	maxForm = 4 << 20
	// maxControls is how many values a form may have.
	maxControls = 4_000
	// paramDone tells a page which message to show of the form that led to it. It is
	// a code, so that nobody can make a page say something.
	paramDone = "gelukt"
)

// readForm reads what was sent. Lines end as they do in Go, and nothing is left
// that is no text.
func (v *visit) readForm(w http.ResponseWriter) error {
	if kind, _, err := mime.ParseMediaType(v.Header.Get("Content-Type")); err != nil || kind != "application/x-www-form-urlencoded" {
		return statusError{http.StatusUnsupportedMediaType}
	}
	v.Body = http.MaxBytesReader(w, v.Body, maxForm)
	if err := v.ParseForm(); err != nil {
		if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
			return statusError{http.StatusRequestEntityTooLarge}
		}
		return statusError{http.StatusBadRequest}
	}
	count := 0
	v.form = make(url.Values, len(v.PostForm))
	for name, values := range v.PostForm {
		if count += len(values); count > maxControls {
			return statusError{http.StatusRequestEntityTooLarge}
		}
		for _, value := range values {
			v.form.Add(clean(name), strings.ReplaceAll(clean(value), "\r\n", "\n"))
		}
	}
	return nil
}

// carriesFile reports whether a form was sent with files.
func (v *visit) carriesFile() bool {
	kind, _, err := mime.ParseMediaType(v.Header.Get("Content-Type"))
	return err == nil && kind == "multipart/form-data"
}

// sent gives what was typed in a line of the form, without the spaces around it.
func (v *visit) sent(name string) string { return strings.TrimSpace(v.form.Get(name)) }

// done leads on after a form, with a message; the path is without a language.
func done(path string, code message) answer {
	separator := "?"
	if strings.Contains(path, "?") {
		separator = "&"
	}
	return answer{next: path + separator + paramDone + "=" + url.QueryEscape(strings.TrimPrefix(string(code), "done."))}
}

// sendFile sends an answer that is no page.
func (v *visit) sendFile(w http.ResponseWriter, f *file) {
	h := w.Header()
	h.Set("Content-Type", f.mediaType)
	h.Set("Cache-Control", "private, no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	if f.name != "" {
		h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.name}))
	}
	v.send(w, f.bytes)
}
