package mongo

import (
	"encoding/json"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"leerkring/internal/kb"
)

// document is one row of the log. The texts are strings, so that an operator can
// read them with the server's own tools.
type document struct {
	Seq     kb.Seq    `bson:"_id"`
	ID      kb.ID     `bson:"id"`
	Version int       `bson:"version"`
	Kind    kb.Kind   `bson:"kind"`
	At      time.Time `bson:"at"`
	By      kb.ID     `bson:"by,omitempty"`
	Event   kb.Event  `bson:"event"`
	Deleted bool      `bson:"deleted,omitempty"`
	Keys    []string  `bson:"keys,omitempty"`
	Live    string    `bson:"live,omitempty"`
	Copy    string    `bson:"copy,omitempty"`
	// Put marks the attempt that inserted the row, by which a writer knows its own.
	Put bson.ObjectID `bson:"put"`
}

func newDocument(r kb.Record, seq kb.Seq, put bson.ObjectID) document {
	return document{
		Seq: seq, ID: r.ID, Version: r.Version, Kind: r.Kind, At: r.At, By: r.By, Event: r.Event, Deleted: r.Deleted,
		Keys: r.Keys, Live: string(r.Live), Copy: string(r.Copy), Put: put,
	}
}

func (d document) record() kb.Record {
	r := kb.Record{
		ID: d.ID, Kind: d.Kind, Version: d.Version, Seq: d.Seq, At: d.At.UTC(), By: d.By, Event: d.Event, Deleted: d.Deleted, Keys: d.Keys,
	}
	if d.Live != "" {
		r.Live = json.RawMessage(d.Live)
	}
	if d.Copy != "" {
		r.Copy = json.RawMessage(d.Copy)
	}
	return r
}

// entry is a row of the log without its texts: what decides about versions and keys.
type entry struct {
	Seq     kb.Seq        `bson:"_id"`
	ID      kb.ID         `bson:"id"`
	Version int           `bson:"version"`
	Keys    []string      `bson:"keys"`
	Put     bson.ObjectID `bson:"put"`
}

// entryFields is the projection that gives an entry.
func entryFields() bson.D {
	return bson.D{{Key: "id", Value: 1}, {Key: "version", Value: 1}, {Key: "keys", Value: 1}, {Key: "put", Value: 1}}
}
