package mail_test

import (
	"strings"
	"testing"

	"leerkring/internal/kb"
	"leerkring/internal/mail"
)

func TestParse(t *testing.T) {
	for _, test := range []struct {
		address, from string
		ok            bool
	}{
		{"smtp://mail.example.nl", "kennis@example.nl", true},
		{"smtp://eva:gehe%40im@mail.example.nl:2525/", "Kennisbank <kennis@example.nl>", true},
		{"smtps://mail.example.nl", "kennis@example.nl", true},
		{"smtp://mail.example.nl?tls=none", "kennis@example.nl", true},
		{"smtp://[::1]:25", "kennis@example.nl", true},
		{"smtps://mail.example.nl?tls=none", "kennis@example.nl", false},
		{"smtp://mail.example.nl?tls=maybe", "kennis@example.nl", false},
		{"smtp://mail.example.nl/inbox", "kennis@example.nl", false},
		{"https://eva:geheim@mail.example.nl", "kennis@example.nl", false},
		{"smtp://eva:geheim@", "kennis@example.nl", false},
		{"smtp://eva:ge%heim@mail.example.nl", "kennis@example.nl", false},
		{"mail.example.nl:25", "kennis@example.nl", false},
		{"", "kennis@example.nl", false},
		{"smtp://eva:geheim@mail.example.nl", "", false},
		{"smtp://eva:geheim@mail.example.nl", "kennis", false},
		{"smtp://eva:geheim@mail.example.nl", "a@example.nl, b@example.nl", false},
	} {
		_, err := mail.Parse(test.address, test.from)
		if (err == nil) != test.ok || err != nil && kb.CodeOf(err) != kb.Invalid {
			t.Errorf("%s from %q: %v", test.address, test.from, err)
		}
		if err != nil && strings.Contains(err.Error(), "heim") {
			t.Errorf("the password is in %v", err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("smtp://eva:geheim@mail.example.nl:25?tls=none", "Kennisbank <kennis@example.nl>")
	f.Add("smtps://[::1", "\"x\" <a@b>")
	f.Fuzz(func(t *testing.T, address, from string) {
		if _, err := mail.Parse(address, from); err != nil && kb.CodeOf(err) != kb.Invalid {
			t.Error(err)
		}
	})
}
