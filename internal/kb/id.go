package kb

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"
)

// ID names a record, unique over all kinds: 128 bits written as 26 characters of
// Crockford's base 32 in lower case.
type ID string

var idEncoding = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// DeriveID makes the id of a record that another system already names, so that
// importing it again finds it: the first 128 bits of SHA-256 over both names.
func DeriveID(source, name string) ID {
	sum := sha256.Sum256([]byte(source + "\x00" + name))
	return IDFromBytes([16]byte(sum[:16]))
}

// IDFromBytes writes 128 bits as an id.
func IDFromBytes(b [16]byte) ID {
	return ID(idEncoding.EncodeToString(b[:]))
}

// Bytes gives the 128 bits of an id; ok is false for a text that is no id.
func (id ID) Bytes() (b [16]byte, ok bool) {
	if len(id) != 26 {
		return b, false
	}
	n, err := idEncoding.Decode(b[:], []byte(strings.ToLower(string(id))))
	return b, err == nil && n == 16
}

// Valid reports whether the text has the form of an id, in its one spelling.
func (id ID) Valid() bool {
	b, ok := id.Bytes()
	return ok && IDFromBytes(b) == id
}
