package graph

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

// bomb is a small document in which each fragment names the next one twice.
func bomb(levels int) string {
	var b strings.Builder
	b.WriteString("{...f0}")
	for i := range levels {
		fmt.Fprintf(&b, "fragment f%d on Query{...f%d ...f%d}", i, i+1, i+1)
	}
	fmt.Fprintf(&b, "fragment f%d on Query{a:__typename}", levels)
	return b.String()
}

// TestFragmentBombIsMeasuredOnce: a query of 1,044 bytes took 24.6 s of CPU in the
// complexity limit of gqlgen, which walks a fragment again for each spread.
func TestFragmentBombIsMeasuredOnce(t *testing.T) {
	doc, err := parser.ParseQuery(&ast.Source{Input: bomb(28)})
	if err != nil {
		t.Fatal(err)
	}
	s := &shaper{fragments: doc.Fragments, measured: map[string]shape{}}
	got := s.set(doc.Operations[0].SelectionSet)
	if got.fields != 1<<28 {
		t.Errorf("%d fields, want %d", got.fields, 1<<28)
	}
	if s.aliases != 1 {
		t.Errorf("the last fragment was walked %d times", s.aliases)
	}
	if err := checkShape(doc); err == nil {
		t.Error("the bomb passed")
	}
}

func TestShapeCannotOverflow(t *testing.T) {
	doc, err := parser.ParseQuery(&ast.Source{Input: bomb(45)})
	if err != nil {
		t.Fatal(err)
	}
	if err := checkShape(doc); err == nil {
		t.Error("2^45 fields passed")
	}
}

// TestShapeLimits goes to each limit and one past it.
func TestShapeLimits(t *testing.T) {
	nested := func(n int) string { return strings.Repeat("{a", n) + strings.Repeat("}", n) }
	fragments := func(n int) string {
		var b strings.Builder
		b.WriteString("{a}")
		for i := range n {
			fmt.Fprintf(&b, "fragment f%d on Query{a}", i)
		}
		return b.String()
	}
	for _, c := range []struct {
		name  string
		limit int
		doc   func(n int) string
	}{
		{"depth", maxDepth, nested},
		{"depth in a fragment", maxDepth, func(n int) string { return "{a} fragment f on Query" + nested(n) }},
		{"fields", maxFields, func(n int) string { return "{a{" + strings.Repeat("b ", n-1) + "}}" }},
		{"root fields", maxRootFields, func(n int) string { return "{" + strings.Repeat("b ", n) + "}" }},
		{"root fields of a fragment", maxRootFields, func(n int) string { return "{...f} fragment f on Query{" + strings.Repeat("b ", n) + "}" }},
		{"aliases", maxAliases, func(n int) string { return "{a{" + strings.Repeat("x:b ", n) + "}}" }},
		{"directives", maxDirectives, func(n int) string { return "{a" + strings.Repeat("@b ", n) + "}" }},
		{"directives around", maxDirectives, func(n int) string {
			return "query($a:Int @b)@b{...f @b ...@b{a}}fragment f on Query @b{a" + strings.Repeat("@b ", n-5) + "}"
		}},
		{"fragments", maxFragments, fragments},
	} {
		for n, want := range map[int]bool{c.limit: true, c.limit + 1: false} {
			doc, err := parser.ParseQuery(&ast.Source{Input: c.doc(n)})
			if err != nil {
				t.Fatal(c.name, err)
			}
			if got := checkShape(doc) == nil; got != want {
				t.Errorf("%s: %d passes: %v", c.name, n, got)
			}
		}
	}
}

func TestTokenLimit(t *testing.T) {
	for n, want := range map[int]bool{maxTokens - 2: true, maxTokens - 1: false} {
		if got := checkTokens("{"+strings.Repeat("a ", n)+"}") == nil; got != want {
			t.Errorf("%d names pass: %v", n, got)
		}
	}
	if checkTokens("{\x00") != nil {
		t.Error("what does not lex is for the parser to report")
	}
}
