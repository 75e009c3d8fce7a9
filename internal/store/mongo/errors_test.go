package mongo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	driver "go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/readconcern"
	"go.mongodb.org/mongo-driver/v2/mongo/readpref"
	"go.mongodb.org/mongo-driver/v2/x/mongo/driver/topology"

	"leerkring/internal/kb"
)

// The table of what an error of the server or the driver means.
func TestCoded(t *testing.T) {
	command := func(code int32) error {
		return driver.CommandError{Code: code, Message: "geheim", Name: "X"}
	}
	write := func(code int) error {
		return driver.BulkWriteException{WriteErrors: []driver.BulkWriteError{{WriteError: driver.WriteError{Code: code, Message: "geheim"}}}}
	}
	concern := func(code int) error {
		return driver.BulkWriteException{WriteConcernError: &driver.WriteConcernError{Code: code, Message: "geheim"}}
	}
	s := &Store{}
	for _, c := range []struct {
		name string
		err  error
		want kb.Code
		says string
	}{
		{"nothing", nil, "", ""},
		{"a meaning that it has already", kb.Errorf(kb.Damaged, kb.Text{EN: "x"}), kb.Damaged, "x"},
		{"around a meaning", fmt.Errorf("a: %w", kb.Errorf(kb.TooLarge, kb.Text{EN: "x"})), kb.TooLarge, "x"},
		{"not allowed", command(13), kb.Unavailable, "refuses access"},
		{"a wrong password", command(18), kb.Unavailable, "refuses access"},
		{"a full disk", command(14031), kb.DiskFull, "disk of the MongoDB server is full"},
		{"a full disk in a batch", write(14031), kb.DiskFull, "disk of the MongoDB server is full"},
		{"stepped down", command(189), kb.Unavailable, "cannot be reached now"},
		{"not the primary", command(10107), kb.Unavailable, "cannot be reached now"},
		{"shutting down", command(91), kb.Unavailable, "cannot be reached now"},
		{"no majority in time", concern(64), kb.Unavailable, "cannot be reached now"},
		{"no majority at all", concern(100), kb.Unavailable, "cannot be reached now"},
		{"in time", context.DeadlineExceeded, kb.Unavailable, "cannot be reached now"},
		{"no server", topology.ServerSelectionError{Wrapped: errors.New("geheim")}, kb.Unavailable, "cannot be reached now"},
		{"a connection that broke", topology.ConnectionError{Wrapped: io.ErrUnexpectedEOF}, kb.Unavailable, "cannot be reached now"},
		{"a client that is closed", driver.ErrClientDisconnected, kb.Unavailable, ""},
		{"another code", command(59), kb.Internal, ""},
		{"another error", errors.New("x"), kb.Internal, ""},
	} {
		got := s.coded(t.Context(), c.err)
		if kb.CodeOf(got) != c.want {
			t.Errorf("%s: %v, want %q", c.name, got, c.want)
		}
		if e, ok := errors.AsType[*kb.Error](got); ok && (!strings.Contains(e.Text.EN, c.says) || strings.Contains(e.Text.EN+e.Text.NL, "geheim")) {
			t.Errorf("%s: is told as %q", c.name, e.Text.EN)
		}
	}
}

// A caller who went away gets its own error, unless what went wrong is known.
func TestCodedForACancelledCaller(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s := &Store{}
	if err := s.coded(ctx, topology.ServerSelectionError{Wrapped: io.EOF}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if err := s.coded(ctx, damaged("x")); kb.CodeOf(err) != kb.Damaged {
		t.Errorf("%v", err)
	}
	s.closed.Store(true)
	if err := s.coded(t.Context(), errors.New("x")); kb.CodeOf(err) == kb.Internal || kb.CodeOf(err) == "" {
		t.Errorf("after Close: %v", err)
	}
}

// The operator reads which servers were tried; an error that says more stays.
func TestUnreachableNamesTheServers(t *testing.T) {
	e, ok := errors.AsType[*kb.Error](unreachable(unavailable(errNoServer), []string{"a:1", "b:2"}))
	if !ok || e.Code != kb.Unavailable || !strings.Contains(e.Text.NL, "a:1, b:2") || !strings.Contains(e.Text.EN, "a:1, b:2") {
		t.Errorf("%+v", e)
	}
	refused := byCode(driver.CommandError{Code: 18})
	if got := unreachable(refused, []string{"a:1"}); got != refused { //nolint:errorlint // the very error
		t.Errorf("%v", got)
	}
}

// Whatever is wrong with an address, no error shows its user or password, in
// text or in cause. Nothing here needs a server.
func TestNoErrorShowsTheAddress(t *testing.T) {
	for _, uri := range []string{
		"", "geheim", "mongodb://", "mongodb:/jan:geheim@h", "postgres://jan:geheim@h/db", "mongodb://jan:geheim@h:poort/db", "mongodb://jan:geheim@h:99999/db",
		"mongodb://jan:ge%zzheim@h/db", "mongodb://jan:ge@heim@h/db", "mongodb://jan:ge/heim@h/db", "mongodb://jan:geheim@h/d b?x",
		"mongodb://jan:geheim@h/db?authMechanism=GEHEIM", "mongodb://jan:geheim@h/db?tlsCAFile=/nergens/geheim.pem", "mongodb://jan:geheim@h/db?maxPoolSize=geheim",
		"mongodb://jan:geheim@a,b/db?directConnection=true", "mongodb+srv://jan:geheim@h:27017/db", "mongodb+srv://jan:geheim@a,b/db",
	} {
		s, err := Open(t.Context(), uri, Options{SelectTimeout: time.Millisecond, Timeout: time.Millisecond})
		e, ok := errors.AsType[*kb.Error](err)
		if !ok || s != nil {
			t.Errorf("%q: %v, %v", uri, s, err)
			continue
		}
		if e.Code != kb.Invalid && e.Code != kb.Unavailable || !strings.Contains(e.Text.NL, "--store") {
			t.Errorf("%q: %v", uri, err)
		}
		for _, secret := range []string{"geheim", "heim", "jan:", "jan@"} {
			if strings.Contains(strings.ToLower(err.Error()), secret) {
				t.Errorf("%q: the error shows %q: %v", uri, secret, err)
			}
		}
	}
}

// What an address asks of durability and freshness does not go before what the
// store promises.
func TestAnAddressCannotWeakenTheStore(t *testing.T) {
	opts := clientOptions("mongodb://h/db?w=1&journal=false&readConcernLevel=local&readPreference=secondary&timeoutMS=1&serverSelectionTimeoutMS=1&appName=x&replicaSet=rs0",
		Options{SelectTimeout: 3 * time.Second, Timeout: 4 * time.Second})
	if err := opts.Validate(); err != nil {
		t.Fatal(err)
	}
	if w := opts.WriteConcern; w.W != "majority" || w.Journal == nil || !*w.Journal {
		t.Errorf("write concern %+v", w)
	}
	if opts.ReadConcern.Level != readconcern.Majority().Level || opts.ReadPreference.Mode() != readpref.PrimaryMode {
		t.Errorf("reads %v from %v", opts.ReadConcern, opts.ReadPreference)
	}
	if *opts.Timeout != 4*time.Second || *opts.ServerSelectionTimeout != 3*time.Second || *opts.ReplicaSet != "rs0" {
		t.Errorf("timeout %v, selection %v, replica set %v", *opts.Timeout, *opts.ServerSelectionTimeout, *opts.ReplicaSet)
	}
}

func TestOptionsHaveDefaults(t *testing.T) {
	o := Options{}.withDefaults()
	if o.SelectTimeout != 5*time.Second || o.Timeout != 10*time.Second || o.Poll != 50*time.Millisecond || o.BeforeInsert == nil {
		t.Errorf("%+v", o)
	}
	given := Options{SelectTimeout: 1, Timeout: 2, Poll: 3}.withDefaults()
	if given.SelectTimeout != 1 || given.Timeout != 2 || given.Poll != 3 {
		t.Errorf("%+v", given)
	}
}

// An error is everyone's in a batch that was cut off, and nobody's whose writes
// all have their answer.
func TestCutOff(t *testing.T) {
	err := errors.New("x")
	for name, c := range map[string]struct {
		results []kb.Result
		want    error
	}{
		"all written": {[]kb.Result{{Seq: 1}, {Seq: 2}}, nil},
		"one refused": {[]kb.Result{{Seq: 1}, {Err: kb.Errorf(kb.Conflict, kb.Text{})}}, nil},
		"one unknown": {[]kb.Result{{Seq: 1}, {}}, err}, "none": {[]kb.Result{{}}, err}, "nothing asked": {nil, nil},
	} {
		if got := cutOff(c.results, err); !errors.Is(got, c.want) || (got == nil) != (c.want == nil) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestPauseEndsWithItsCaller(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	if err := pause(ctx, time.Microsecond); err != nil {
		t.Error(err)
	}
	cancel()
	if err := pause(ctx, time.Hour); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
