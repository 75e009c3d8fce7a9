// Package httpd is the edge to the network: listening, what every request goes
// through, health, and an orderly stop.
//
// The invariant that a newcomer must know: nothing that a person types, and
// nothing of a fault inside, ever leaves through here: the log holds paths
// without their query, and an answer to a panic holds only a reference.
package httpd

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"os"
	"syscall"
	"time"

	"leerkring/internal/kb"
)

// StopWithin is how long requests that are under way may take after the signal
// to stop; then they are cut off. It leaves the index two of the ten seconds in
// which the program promises to stop.
const StopWithin = 8 * time.Second

// Limits on one request. The whole of a request must come in and the whole of an
// answer must go out within these, so that a slow client holds nothing for long. Files
// have all the time that they need as long as bytes move (patient).
const (
	headerWithin = 5 * time.Second
	readWithin   = 30 * time.Second
	writeWithin  = 60 * time.Second
	idleWithin   = 2 * time.Minute
	silentWithin = time.Minute // how long no byte of a file may move
	maxHeader    = 160 << 10   // bytes
	maxBody      = 4 << 20     // bytes, the longest form; what takes less says so itself
)

// Listen opens an address like 127.0.0.1:8080. InUse when another program has
// it, Invalid for what is no address, Unavailable when it cannot be had.
func Listen(ctx context.Context, addr string) (net.Listener, error) {
	ln, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	switch {
	case err == nil:
		return ln, nil
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, kb.Wrap(err, kb.InUse, kb.Text{
			NL: "Op %[1]s draait al een programma. Stop dat, of kies een ander adres, bijvoorbeeld: --addr 127.0.0.1:8081",
			EN: "Another program is already listening on %[1]s. Stop it, or choose another address, for example: --addr 127.0.0.1:8081",
		}, addr)
	case errors.Is(err, os.ErrPermission):
		return nil, kb.Wrap(err, kb.Unavailable, kb.Text{
			NL: "Het adres %s mag u niet gebruiken. Kies een poort vanaf 1024.",
			EN: "You may not use the address %s. Choose a port from 1024 up.",
		}, addr)
	}
	return nil, kb.Wrap(err, kb.Invalid, kb.Text{
		NL: "%q is hier geen adres om op te luisteren. Een adres is een naam of IP-adres van deze machine, een dubbelepunt en een poort, zoals 127.0.0.1:8080.",
		EN: "%q is no address to listen on here. An address is a name or IP address of this machine, a colon and a port, like 127.0.0.1:8080.",
	}, addr)
}

// Serve answers requests until ctx ends, then lets those under way finish for
// StopWithin. It returns nil after an orderly stop, and closes ln.
func Serve(ctx context.Context, ln net.Listener, handler http.Handler, log *slog.Logger) error {
	srv := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: headerWithin,
		ReadTimeout:       readWithin,
		WriteTimeout:      writeWithin,
		IdleTimeout:       idleWithin,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug), // of clients that break off
	}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(ln) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), StopWithin)
	defer cancel()
	err := srv.Shutdown(stop)
	if errors.Is(err, context.DeadlineExceeded) {
		log.Warn("requests were cut off at the end of the time to stop")
		err = srv.Close()
	}
	<-failed
	return err
}
