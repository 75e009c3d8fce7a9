package kb_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"leerkring/internal/kb"
)

func TestDerivedIDsAreStable(t *testing.T) {
	// Stored in every installation: this may never change.
	if got, want := kb.DeriveID("cbs", "GM0363"), kb.ID("xj2exd4z3bcgjrzxrm08a5v9aw"); got != want {
		t.Errorf("DeriveID(cbs, GM0363) = %q, want %q", got, want)
	}
	if kb.DeriveID("a", "bc") == kb.DeriveID("ab", "c") {
		t.Error("source and name run together")
	}
}

func TestIDForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := [16]byte(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "bits"))
		id := kb.IDFromBytes(b)
		back, ok := id.Bytes()
		if !ok || back != b || !id.Valid() || len(id) != 26 {
			t.Fatalf("%x is written %q and read %x, %v", b, id, back, ok)
		}
	})
}

func TestInvalidIDs(t *testing.T) {
	good := string(kb.DeriveID("test", "x"))
	for name, id := range map[string]string{
		"empty":            "",
		"short":            good[:25],
		"long":             good + "0",
		"capitals":         strings.ToUpper(good),
		"letter not in it": "u" + good[1:],
		"other padding":    strings.Repeat("0", 25) + "1",
		"newline":          good[:25] + "\n",
		"script":           "<script>alert(1)</script>x",
	} {
		if kb.ID(id).Valid() {
			t.Errorf("%s: %q is valid", name, id)
		}
	}
}

func FuzzID(f *testing.F) {
	f.Add(string(kb.DeriveID("test", "x")))
	f.Add(strings.Repeat("\n", 26))
	f.Fuzz(func(t *testing.T, s string) {
		id := kb.ID(s)
		b, ok := id.Bytes()
		if id.Valid() && (!ok || kb.IDFromBytes(b) != id) {
			t.Errorf("%q is valid but not the one spelling of its bits", s)
		}
	})
}
