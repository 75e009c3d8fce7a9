package kb

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"time"
)

// Key is a secret of the store itself, by which links can be recognised without
// storing each.
type Key struct {
	Head
	Secret []byte `json:"secret"`
}

// Kind is KindKey.
func (*Key) Kind() Kind { return KindKey }

// Label is empty: a key has no name.
func (*Key) Label() string { return "" }

func (*Key) access() []string { return nil }

func (k *Key) check(c *checker) {
	if len(k.Secret) != keyBytes {
		c.add("secret", Text{"heeft niet de juiste lengte", "does not have the right length"})
	}
}

const keyBytes = 32

// stopKey gives the key of the links that stop mails. Where there is none yet it is
// made of what random gives; with no random it is nil then, and no link is right.
func stopKey(ctx context.Context, store Store, random io.Reader) ([]byte, error) {
	id := DeriveID("key", "stop mails")
	for {
		key, ok, err := liveOf[*Key](ctx, store, id)
		if err != nil {
			return nil, err
		}
		if ok {
			return key.Secret, nil
		}
		if random == nil {
			return nil, nil
		}
		key = &Key{Head: internalHead(id, time.Time{}), Secret: make([]byte, keyBytes)}
		if _, err := io.ReadFull(random, key.Secret); err != nil {
			return nil, err
		}
		r, err := internalRecord(key)
		if err != nil {
			return nil, err
		}
		if _, err := putAll(ctx, store, []Record{r}); err != nil {
			return nil, err
		}
	}
}

// stopSecret makes the secret of the link that stops the mails to an account: its
// id, and an HMAC (RFC 2104) over it that only this store can make.
func stopSecret(key []byte, account ID) string {
	return string(account) + stopProof(key, account)
}

func stopProof(key []byte, account ID) string {
	mac := hmac.New(sha256.New, key)
	_, _ = mac.Write([]byte("stop mails to " + string(account)))
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

// stoppedBy gives the account whose mails a secret stops.
func stoppedBy(key []byte, secret string) (ID, bool) {
	const n = 26
	if len(key) == 0 || len(secret) < n {
		return "", false
	}
	account := ID(secret[:n])
	return account, account.Valid() && hmac.Equal([]byte(secret[n:]), []byte(stopProof(key, account)))
}

// internalHead is the head of a record that only the program keeps.
func internalHead(id ID, at time.Time) Head {
	at = at.UTC().Truncate(time.Millisecond)
	return Head{ID: id, Slug: string(id), Status: StatusPublished, Visibility: VisibilityMembers, CreatedAt: at, UpdatedAt: at}
}

// internalRecord is the next version of a record as bookkeeping that no audit
// trail shows.
func internalRecord(e Entity) (Record, error) {
	if err := Validate(e); err != nil {
		return Record{}, err
	}
	r, err := NewRecord(e, nil)
	r.Event = Event{Type: EventInternal}
	return r, err
}
