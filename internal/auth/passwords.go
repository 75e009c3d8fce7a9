package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"runtime"
	"strings"

	"golang.org/x/crypto/argon2"

	"leerkring/internal/kb"
)

// The work that one hash takes, as the Password Storage Cheat Sheet of OWASP
// recommends at least for argon2id (RFC 9106).
const (
	hashMemory  = 19 << 10 // KiB
	hashPasses  = 2
	hashThreads = 1
	hashSalt    = 16 // bytes
	hashKey     = 32 // bytes
)

// The most that a stored hash may ask for, so that one that was tampered with
// takes neither the memory nor the time of the machine.
const (
	mostMemory = 1 << 20 // KiB
	mostPasses = 20
)

// waitingHashes is how many may wait for each hash that is being made.
const waitingHashes = 32

// Passwords hashes passwords. As many are hashed at once as there are processors;
// some wait, and the others are asked to come back: memory and time have a bound.
type Passwords struct {
	slots   chan struct{}
	waiting chan struct{}
	memory  uint32 // KiB
}

// PasswordOptions are for tests; the zero value is for use.
type PasswordOptions struct {
	Memory uint32 // KiB; 0 is what OWASP recommends
	Slots  int    // 0 is the number of processors
	Queue  int    // 0 is 32 for each slot
}

// NewPasswords makes a hasher.
func NewPasswords(o PasswordOptions) *Passwords {
	if o.Memory == 0 {
		o.Memory = hashMemory
	}
	if o.Slots == 0 {
		o.Slots = runtime.GOMAXPROCS(0)
	}
	if o.Queue == 0 {
		o.Queue = waitingHashes * o.Slots
	}
	return &Passwords{slots: make(chan struct{}, o.Slots), waiting: make(chan struct{}, o.Slots+o.Queue), memory: o.Memory}
}

// Hash gives a password as argon2id in the PHC string format. Unavailable when too
// many are waiting.
func (p *Passwords) Hash(ctx context.Context, password string) (string, error) {
	h := hash{memory: p.memory, passes: hashPasses, threads: hashThreads, salt: make([]byte, hashSalt)}
	_, _ = rand.Read(h.salt) // it never fails
	err := p.turn(ctx, func() { h.key = h.of(password, hashKey) })
	return h.String(), err
}

// Verify reports whether a password is the one that was hashed. With an empty hash
// it does the work of one, and it is not. Damaged for what is no hash of ours.
func (p *Passwords) Verify(ctx context.Context, stored, password string) (bool, error) {
	known := stored != ""
	h := hash{memory: p.memory, passes: hashPasses, threads: hashThreads, salt: make([]byte, hashSalt), key: make([]byte, hashKey)}
	if known {
		var ok bool
		if h, ok = parseHash(stored); !ok {
			return false, kb.Errorf(kb.Damaged, kb.Text{NL: "Een opgeslagen wachtwoord is niet te lezen.", EN: "A stored password cannot be read."})
		}
	}
	equal := false
	err := p.turn(ctx, func() {
		equal = subtle.ConstantTimeCompare(h.of(password, uint32(len(h.key))), h.key) == 1
	})
	return equal && known && err == nil, err
}

// turn does work when it is its turn.
func (p *Passwords) turn(ctx context.Context, work func()) error {
	select {
	case p.waiting <- struct{}{}:
		defer func() { <-p.waiting }()
	default:
		return kb.Errorf(kb.Unavailable, kb.Text{
			NL: "Er melden zich nu te veel mensen tegelijk aan. Probeer het zo opnieuw.", EN: "Too many people are signing in now. Try again in a moment.",
		})
	}
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
	case <-ctx.Done():
		return ctx.Err()
	}
	work()
	return nil
}

// hash is a stored hash with what it was made with.
type hash struct {
	memory  uint32
	passes  uint32
	threads uint8
	salt    []byte
	key     []byte
}

func (h hash) of(password string, size uint32) []byte {
	return argon2.IDKey([]byte(password), h.salt, h.passes, h.memory, h.threads, size)
}

// String is the PHC string format: $argon2id$v=19$m=…,t=…,p=…$salt$hash, in base64
// without padding.
func (h hash) String() string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s",
		argon2.Version, h.memory, h.passes, h.threads, b64.EncodeToString(h.salt), b64.EncodeToString(h.key))
}

// parseHash reads what String writes, and nothing else.
func parseHash(s string) (h hash, ok bool) {
	parts := strings.Split(s, "$")
	if len(parts) != 6 {
		return hash{}, false
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &h.memory, &h.passes, &h.threads); err != nil {
		return hash{}, false
	}
	var err error
	if h.salt, err = base64.RawStdEncoding.Strict().DecodeString(parts[4]); err != nil {
		return hash{}, false
	}
	if h.key, err = base64.RawStdEncoding.Strict().DecodeString(parts[5]); err != nil {
		return hash{}, false
	}
	within := h.memory >= 8 && h.memory <= mostMemory && h.passes >= 1 && h.passes <= mostPasses && h.threads >= 1 &&
		len(h.salt) >= 8 && len(h.salt) <= 64 && len(h.key) >= 16 && len(h.key) <= 64
	return h, within && h.String() == s
}
