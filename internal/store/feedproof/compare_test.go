package feedproof

import (
	"bufio"
	"strings"
	"testing"

	"leerkring/internal/kb"
)

// TestCompare: every way in which a feed can be wrong is noticed.
func TestCompare(t *testing.T) {
	for _, test := range []struct {
		name  string
		spoil func(r *reader, t *told, last *kb.Seq)
		ok    bool
	}{
		{"right", func(*reader, *told, *kb.Seq) {}, true},
		{"written and not acknowledged", func(_ *reader, t *told, _ *kb.Seq) { delete(t.acknowledged, 2) }, true},
		{"skipped", func(r *reader, _ *told, _ *kb.Seq) { delete(r.seen, 2) }, false},
		{"skipped and not acknowledged", func(r *reader, t *told, _ *kb.Seq) { delete(r.seen, 2); delete(t.acknowledged, 2) }, false},
		{"changed", func(r *reader, _ *told, _ *kb.Seq) { r.seen[2] = "c v1" }, false},
		{"acknowledged twice", func(_ *reader, t *told, _ *kb.Seq) { t.add(2, "b v1") }, false},
		{"the last not read", func(_ *reader, _ *told, last *kb.Seq) { *last = 4 }, false},
		{"acknowledged beyond the end", func(_ *reader, t *told, _ *kb.Seq) { t.add(4, "d v1") }, false},
		{"a record missing in changes", func(r *reader, _ *told, _ *kb.Seq) { delete(r.current, "b") }, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := newReader(nil)
			r.seen = map[kb.Seq]string{1: "a v1", 2: "b v1", 3: "a v2"}
			r.current = map[kb.ID]int{"a": 2, "b": 1}
			r.heads, r.position = 2, 3
			told := &told{acknowledged: map[kb.Seq]string{1: "a v1", 2: "b v1", 3: "a v2"}}
			last := kb.Seq(3)
			test.spoil(r, told, &last)
			if _, err := compare(r, told, last); (err == nil) != test.ok {
				t.Errorf("got %v, want right = %v", err, test.ok)
			}
		})
	}
}

func TestListen(t *testing.T) {
	for _, test := range []struct {
		text   string
		paused bool
		count  int
		ok     bool
	}{
		{"", false, 0, true},
		{"stored 1 a v1 k \"x\"\npause\n", true, 1, true},
		{"pause\nstored 1 a\nstored 2 b\n", false, 2, true},
		{"stored one a\n", false, 0, false},
	} {
		told := &told{acknowledged: map[kb.Seq]string{}}
		paused, err := told.listen(bufio.NewScanner(strings.NewReader(test.text)))
		if paused != test.paused || len(told.acknowledged) != test.count || (err == nil) != test.ok {
			t.Errorf("%q: got %v, %v, %v", test.text, paused, told.acknowledged, err)
		}
	}
}
