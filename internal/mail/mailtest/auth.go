package mailtest

import (
	"encoding/base64"
	"strings"
)

// auth answers AUTH PLAIN (RFC 4616) with what came in one line.
func (c *conversation) auth(rest string) error {
	mechanism, sent, _ := strings.Cut(rest, " ")
	text, err := base64.StdEncoding.DecodeString(sent)
	if mechanism != "PLAIN" || err != nil {
		return c.say("504 5.5.4 PLAIN only")
	}
	parts := strings.Split(string(text), "\x00")
	if len(parts) != 3 || parts[1] != c.opts.User || parts[2] != c.opts.Password {
		return c.say("535 5.7.8 wrong")
	}
	c.User = parts[1]
	return c.at(Auth, "235 2.7.0 welcome")
}
