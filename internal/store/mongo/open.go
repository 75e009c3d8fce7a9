package mongo

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	driver "go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/mongo/readconcern"
	"go.mongodb.org/mongo-driver/v2/mongo/readpref"
	"go.mongodb.org/mongo-driver/v2/mongo/writeconcern"
	"go.mongodb.org/mongo-driver/v2/x/mongo/driver/connstring"

	"leerkring/internal/kb"
	"leerkring/internal/store"
)

// layout is the version of the documents; it stands in the collection meta.
const layout = 1

// Options tunes a Store; the zero value is ready for use.
type Options struct {
	// SelectTimeout is how long a call looks for a server that answers; 0 means 5 s.
	SelectTimeout time.Duration
	// Timeout is how long one operation may take on a server; 0 means 10 s.
	Timeout time.Duration
	// Poll is how often Wait looks for writes of other processes; 0 means 50 ms.
	Poll time.Duration
	// BeforeInsert is called between reading the highest number and inserting
	// under the next one. Tests and the crash tool stop or die there; nil otherwise.
	BeforeInsert func(ctx context.Context, next kb.Seq)
}

func (o Options) withDefaults() Options {
	set := func(d *time.Duration, value time.Duration) {
		if *d == 0 {
			*d = value
		}
	}
	set(&o.SelectTimeout, 5*time.Second)
	set(&o.Timeout, 10*time.Second)
	set(&o.Poll, 50*time.Millisecond)
	if o.BeforeInsert == nil {
		o.BeforeInsert = func(context.Context, kb.Seq) {}
	}
	return o
}

// Open connects to the database that a MongoDB URI names (leerkring where it names
// none), and makes what is missing there.
//
// Errors: Invalid for a text that is no such URI, Unavailable when no server
// answers in time, refuses us, or holds data of a newer version. No error shows
// the user or password of the URI.
func Open(ctx context.Context, uri string, opts Options) (*Store, error) {
	opts = opts.withDefaults()
	db, hosts, err := connect(uri, opts)
	if err != nil {
		return nil, err
	}
	s := &Store{opts: opts, notice: store.NewNotice(), client: db.Client(), log: db.Collection("log"), meta: db.Collection("meta")}
	if err := s.prepare(ctx); err != nil {
		_ = s.disconnect()
		if kb.CodeOf(err) == kb.Unavailable && ctx.Err() == nil {
			return nil, unreachable(err, hosts)
		}
		return nil, err
	}
	s.writer = store.NewWriter(s.write)
	return s, nil
}

// Connect gives the database that a MongoDB URI names, with the write and read concerns
// that nothing acknowledged is lost by. Its client is the caller's to disconnect. No
// server is asked anything yet. Invalid for a text that is no such URI.
func Connect(uri string) (*driver.Database, error) {
	db, _, err := connect(uri, Options{}.withDefaults())
	return db, err
}

func connect(uri string, opts Options) (db *driver.Database, hosts []string, err error) {
	conn, err := connstring.ParseAndValidate(uri)
	if err != nil {
		return nil, nil, invalidURI() // its text may hold a password, so it goes no further
	}
	client, err := driver.Connect(clientOptions(uri, opts))
	if err != nil {
		return nil, nil, invalidURI()
	}
	name := conn.Database
	if name == "" {
		name = "leerkring"
	}
	return client.Database(name), conn.Hosts, nil
}

// clientOptions let our own needs go before what the URI says: a write is
// acknowledged by the majority and on disk, and reads see what is.
func clientOptions(uri string, opts Options) *options.ClientOptions {
	journal := true
	return options.Client().ApplyURI(uri).
		SetAppName("leerkring").
		SetWriteConcern(&writeconcern.WriteConcern{W: "majority", Journal: &journal}).
		SetReadConcern(readconcern.Majority()).
		SetReadPreference(readpref.Primary()).
		SetServerSelectionTimeout(opts.SelectTimeout).
		SetConnectTimeout(opts.SelectTimeout).
		SetTimeout(opts.Timeout)
}

// prepare refuses the data of a newer version, and makes the indexes.
func (s *Store) prepare(ctx context.Context) error {
	if err := s.client.Ping(ctx, nil); err != nil {
		return s.coded(ctx, err)
	}
	_, err := s.meta.InsertOne(ctx, bson.D{{Key: "_id", Value: "layout"}, {Key: "version", Value: layout}, {Key: "identity", Value: rand.Text()}})
	if err != nil && !driver.IsDuplicateKeyError(err) {
		return s.coded(ctx, err)
	}
	var found struct {
		Version  int
		Identity string
	}
	if err := s.meta.FindOne(ctx, bson.D{{Key: "_id", Value: "layout"}}).Decode(&found); err != nil {
		return s.coded(ctx, err)
	}
	if found.Version > layout {
		return store.Newer(found.Version, layout)
	}
	s.identity = found.Identity
	for _, index := range []driver.IndexModel{
		{Keys: bson.D{{Key: "id", Value: 1}, {Key: "version", Value: 1}}, Options: options.Index().SetUnique(true)},
		{Keys: bson.D{{Key: "keys", Value: 1}}},
	} {
		// One by one: FerretDB 1.24 breaks off on a list with an index that is there.
		if _, err := s.log.Indexes().CreateOne(ctx, index); err != nil {
			return s.coded(ctx, err)
		}
	}
	return nil
}

func invalidURI() error {
	return kb.Errorf(kb.Invalid, kb.Text{
		NL: "Het adres bij --store is geen geldig MongoDB-adres. Schrijf het als mongodb://gebruiker:wachtwoord@server:27017/leerkring.",
		EN: "The address in --store is not a valid MongoDB address. Write it like mongodb://user:password@server:27017/leerkring.",
	})
}

// unreachable is for the operator who starts the program, so it names the
// servers. An error that says more than that a server is unreachable stays.
func unreachable(err error, hosts []string) error {
	if !errors.Is(err, errNoServer) {
		return err
	}
	return kb.Wrap(err, kb.Unavailable, kb.Text{
		NL: "MongoDB op %s antwoordt niet. Controleer of de server draait, of het adres bij --store klopt, en of een firewall het verkeer tegenhoudt.",
		EN: "MongoDB at %s does not answer. Check that the server runs, that the address in --store is right, and that no firewall is in between.",
	}, strings.Join(hosts, ", "))
}
