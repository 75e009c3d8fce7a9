package kb

import (
	"context"
	"strings"
	"time"
)

// Clash is what an error with the code Conflict wraps when somebody else changed
// the record first.
type Clash struct {
	// By is the account that changed it, ByName its name; both are empty for the program itself.
	By     ID
	ByName string
	At     time.Time
	// Version is the version that the record has now.
	Version int
	// Fields are the JSON names of the fields that differ from the version that the
	// actor read, sorted.
	Fields []string
}

// Error says so for the log.
func (*Clash) Error() string { return "changed by another write" }

// clash makes the error of a write that expected the version base of a record.
func (d *Desk) clash(ctx context.Context, actor Actor, now Record, base int) error {
	c := &Clash{By: now.By, At: now.At, Version: now.Version}
	read, err := d.version(ctx, now.ID, base)
	if err != nil {
		return err
	}
	if read.Version == base {
		if c.Fields, err = changedFields(workData(read), workData(now)); err != nil {
			return err
		}
	}
	if c.ByName, err = d.accountName(ctx, now.By); err != nil {
		return err
	}
	return Wrap(c, Conflict, c.text(actor, now.Kind))
}

func (c *Clash) text(actor Actor, k Kind) Text {
	nl, en := c.ByName, c.ByName
	switch {
	case c.By == "":
		nl, en = "het programma", "the program"
	case c.By == actor.Account:
		nl, en = "uzelf, in een ander venster,", "yourself, in another window,"
	case nl == "":
		nl, en = "iemand anders", "someone else"
	}
	at := c.At.Format("2006-01-02 15:04 UTC")
	t := Text{"Dit record is intussen gewijzigd door " + nl + " op " + at, "This record was changed meanwhile by " + en + " at " + at}
	var dutch, english []string
	for _, f := range c.Fields {
		if l := FieldLabel(k, f); l.NL != "" {
			dutch, english = append(dutch, l.NL), append(english, l.EN)
		}
	}
	if len(dutch) > 0 {
		t = Text{t.NL + " (" + strings.Join(dutch, ", ") + ")", t.EN + " (" + strings.Join(english, ", ") + ")"}
	}
	return Text{t.NL + ". Bekijk de nieuwe versie en probeer het opnieuw.", t.EN + ". Look at the new version and try again."}
}

// version reads one version of a record; the zero Record when there is none.
func (d *Desk) version(ctx context.Context, id ID, n int) (Record, error) {
	if n < 1 {
		return Record{}, nil
	}
	rs, err := d.store.Revisions(ctx, id, n+1, 1)
	if err != nil || len(rs) == 0 || rs[0].Version != n {
		return Record{}, err
	}
	return rs[0], nil
}

func workData(r Record) []byte {
	if len(r.Copy) > 0 {
		return r.Copy
	}
	return r.Live
}

// accountName gives the name of an account, empty for none.
func (d *Desk) accountName(ctx context.Context, id ID) (string, error) {
	if !id.Valid() {
		return "", nil
	}
	found, err := d.store.Get(ctx, []ID{id})
	if err != nil {
		return "", err
	}
	r := found[id]
	if r.Kind != KindAccount || r.Deleted {
		return "", nil
	}
	e, err := decodeLive(r)
	if err != nil {
		return "", err
	}
	return e.Label(), nil
}
