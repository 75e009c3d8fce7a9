package mongo

import (
	"context"
	"errors"
	"fmt"
	"slices"

	driver "go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/x/mongo/driver/topology"

	"leerkring/internal/kb"
	"leerkring/internal/store"
)

// errNoServer is in the chain of an error for want of a server that answers.
var errNoServer = errors.New("no server answers")

// The codes of MongoDB's errors that mean something to us, from its
// src/mongo/base/error_codes.yml.
const (
	codeUnauthorized         = 13
	codeAuthenticationFailed = 18
	codeOutOfDiskSpace       = 14031
)

// coded gives an error its meaning, also that the store was closed.
func (s *Store) coded(ctx context.Context, err error) error {
	if _, ok := errors.AsType[*kb.Error](err); !ok && err != nil && ctx.Err() == nil && s.closed.Load() {
		return store.Closed()
	}
	return Coded(ctx, err)
}

// Coded gives an error its meaning by the driver's types and the server's codes:
// Unavailable, DiskFull, or the error itself. A cancelled context answers for itself,
// unless the error has a meaning already.
func Coded(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*kb.Error](err); ok {
		return err
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if errors.Is(err, driver.ErrClientDisconnected) {
		return store.Closed()
	}
	if e, ok := errors.AsType[driver.ServerError](err); ok {
		if known := byCode(e); known != nil {
			return known
		}
	}
	if noServer(err) {
		return unavailable(fmt.Errorf("%w: %w", errNoServer, err))
	}
	return err
}

func unavailable(err error) error {
	return kb.Wrap(err, kb.Unavailable, kb.Text{
		NL: "De gegevens zijn nu niet bereikbaar. Probeer het zo weer; houdt het aan, waarschuw dan de beheerder.",
		EN: "The data cannot be reached now. Try again in a moment; if it lasts, tell the administrator.",
	})
}

// byCode is the table from the server's codes to ours; nil for another code.
func byCode(err driver.ServerError) error {
	codes := err.ErrorCodes()
	switch {
	case slices.Contains(codes, codeUnauthorized), slices.Contains(codes, codeAuthenticationFailed):
		return kb.Wrap(err, kb.Unavailable, kb.Text{
			NL: "MongoDB weigert de toegang. Controleer de gebruiker, het wachtwoord en de rechten (readWrite) op de database.",
			EN: "MongoDB refuses access. Check the user, the password and the rights (readWrite) on the database.",
		})
	case slices.Contains(codes, codeOutOfDiskSpace):
		return kb.Wrap(err, kb.DiskFull, kb.Text{
			NL: "De schijf van de MongoDB-server is vol. Maak ruimte vrij; opslaan gaat daarna vanzelf weer.",
			EN: "The disk of the MongoDB server is full. Free some space; saving then works again by itself.",
		})
	}
	return nil
}

// noServer reports whether no server could be reached, did not answer in time, or
// is not the one that may answer now: it was stepped down, or has no majority.
func noServer(err error) bool {
	if driver.IsTimeout(err) || driver.IsNetworkError(err) {
		return true
	}
	if _, ok := errors.AsType[topology.ServerSelectionError](err); ok {
		return true
	}
	if _, ok := errors.AsType[topology.ConnectionError](err); ok {
		return true
	}
	e, ok := errors.AsType[driver.ServerError](err)
	return ok && slices.ContainsFunc(e.ErrorCodes(), func(code int) bool {
		return slices.Contains([]int{
			64, 91, 100, 189, 10107, 11600, 11602, 13435, 13436, // WriteConcernTimeout, ShutdownInProgress, UnsatisfiableWriteConcern, PrimarySteppedDown, NotWritablePrimary, …
		}, code)
	})
}

func damaged(format string, args ...any) error {
	return kb.Wrap(fmt.Errorf(format, args...), kb.Damaged, kb.Text{
		NL: "De gegevens in MongoDB kloppen niet met elkaar. Stop Leerkring en zet de database terug uit een back-up.",
		EN: "The data in MongoDB do not hold together. Stop Leerkring and restore the database from a backup.",
	})
}
