package httpd

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"
)

// patient gives what carries a file as long as it needs: while bytes move in either
// direction a request goes on, however slowly, and one that stands still for idle ends.
// Such a body has no most number of bytes here: who takes it counts them.
func patient(idle time.Duration, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		connection := http.NewResponseController(w)
		r.Body = &slowBody{r.Body, connection, idle}
		next.ServeHTTP(&slowAnswer{ResponseWriter: w, connection: connection, idle: idle}, r)
	})
}

// carriesFile reports whether a form or an operation has a file with it.
func carriesFile(r *http.Request) bool {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return r.Method == http.MethodPost && err == nil && strings.EqualFold(kind, "multipart/form-data")
}

// slowBody reads a request for as long as bytes keep coming.
type slowBody struct {
	io.ReadCloser
	connection *http.ResponseController
	idle       time.Duration
}

// Read reads what came.
func (b *slowBody) Read(p []byte) (int, error) {
	now := time.Now() // deadlines of connections are of the machine's clock
	setDeadlines(b.connection, now.Add(b.idle), now.Add(2*b.idle))
	n, err := b.ReadCloser.Read(p)
	if errors.Is(err, io.EOF) { // nothing is waited for any more: a deadline would end the request
		setDeadlines(b.connection, time.Time{}, time.Now().Add(b.idle))
	}
	return n, err
}

// slowAnswer writes an answer for as long as bytes keep going.
type slowAnswer struct {
	http.ResponseWriter
	connection *http.ResponseController
	idle       time.Duration
}

// WriteHeader begins the answer.
func (a *slowAnswer) WriteHeader(status int) {
	setDeadlines(a.connection, time.Time{}, time.Now().Add(a.idle))
	a.ResponseWriter.WriteHeader(status)
}

// Write sends a piece.
func (a *slowAnswer) Write(p []byte) (int, error) {
	setDeadlines(a.connection, time.Time{}, time.Now().Add(a.idle))
	return a.ResponseWriter.Write(p)
}

// Unwrap lets http.ResponseController reach the connection.
func (a *slowAnswer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// setDeadlines says until when bytes are waited for. What is no connection, as in
// tests, has no deadlines.
func setDeadlines(c *http.ResponseController, read, write time.Time) {
	_ = c.SetReadDeadline(read)
	_ = c.SetWriteDeadline(write)
}
