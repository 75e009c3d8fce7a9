package graph

import (
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/lexer"

	"leerkring/internal/kb"
)

// The limits on a document. They are checked before it is validated, since the
// validator itself takes quadratic time for some documents and the walk over
// fragments exponential time. docs/graphql.md tells them to clients.
const (
	maxDocument   = 32 << 10 // bytes
	maxTokens     = 4_000
	maxDepth      = 16
	maxFields     = 1_000 // with every fragment written out
	maxRootFields = 20    // with every fragment written out
	maxAliases    = 50
	maxFragments  = 50
	maxDirectives = 50
)

// checkTokens counts the tokens of a document, which costs a pass without memory.
// A text that does not lex is left to the parser, which says what is wrong.
func checkTokens(query string) *gqlerror.Error {
	lex := lexer.New(&ast.Source{Input: query})
	for n := 0; ; n++ {
		if n > maxTokens {
			return tooComplex("tokens", maxTokens)
		}
		if token, err := lex.ReadToken(); err != nil || token.Kind == lexer.EOF {
			return nil
		}
	}
}

// shape is what a selection amounts to with every fragment written out.
type shape struct {
	depth  int
	fields int
	roots  int // fields of the outermost level
}

// shaper measures a document. Each fragment is measured once, so that the time is
// linear in the document, however often fragments name each other.
type shaper struct {
	fragments  ast.FragmentDefinitionList
	measured   map[string]shape
	aliases    int
	directives int
}

// checkShape refuses a document that is over a limit.
func checkShape(doc *ast.QueryDocument) *gqlerror.Error {
	s := &shaper{fragments: doc.Fragments, measured: map[string]shape{}}
	if len(doc.Fragments) > maxFragments {
		return tooComplex("fragments", maxFragments)
	}
	var most shape
	for _, f := range doc.Fragments {
		most = most.widen(s.fragment(f.Name))
		s.directives += len(f.Directives)
	}
	most.roots = 0 // the fields of a fragment are not at the root
	for _, op := range doc.Operations {
		most = most.widen(s.set(op.SelectionSet))
		s.directives += len(op.Directives)
		for _, v := range op.VariableDefinitions {
			s.directives += len(v.Directives)
		}
	}
	for _, limit := range []struct {
		name     string
		is, most int
	}{
		{"depth", most.depth, maxDepth},
		{"fields", most.fields, maxFields},
		{"root fields", most.roots, maxRootFields},
		{"aliases", s.aliases, maxAliases},
		{"directives", s.directives, maxDirectives},
	} {
		if limit.is > limit.most {
			return tooComplex(limit.name, limit.most)
		}
	}
	return nil
}

func (s *shaper) set(set ast.SelectionSet) shape {
	var sum shape
	for _, selection := range set {
		var one shape
		switch v := selection.(type) {
		case *ast.Field:
			inner := s.set(v.SelectionSet)
			one = shape{depth: inner.depth + 1, fields: inner.fields + 1, roots: 1}
			if v.Alias != v.Name {
				s.aliases++
			}
			s.directives += len(v.Directives)
		case *ast.InlineFragment:
			one = s.set(v.SelectionSet)
			s.directives += len(v.Directives)
		case *ast.FragmentSpread:
			one = s.fragment(v.Name)
			s.directives += len(v.Directives)
		}
		sum = sum.and(one)
	}
	return sum
}

// fragment measures a fragment once. A fragment that holds itself counts as empty
// there; the validator refuses it.
func (s *shaper) fragment(name string) shape {
	if known, ok := s.measured[name]; ok {
		return known
	}
	s.measured[name] = shape{}
	if def := s.fragments.ForName(name); def != nil {
		s.measured[name] = s.set(def.SelectionSet)
	}
	return s.measured[name]
}

// and is the shape of two selections beside each other. Sums stop growing well
// past the limits, so that they cannot overflow.
func (a shape) and(b shape) shape {
	const enough = 1 << 30
	return shape{max(a.depth, b.depth), min(a.fields+b.fields, enough), min(a.roots+b.roots, enough)}
}

// widen is the larger of two shapes in each direction.
func (a shape) widen(b shape) shape {
	return shape{max(a.depth, b.depth), max(a.fields, b.fields), max(a.roots, b.roots)}
}

func tooComplex(what string, most int) *gqlerror.Error {
	words := map[string]string{
		"tokens": "tekens", "fragments": "fragmenten", "depth": "diepte", "fields": "velden",
		"root fields": "velden op het hoogste niveau", "aliases": "aliassen", "directives": "directives", "cost": "kosten",
	}
	return refused(QueryTooComplex, kb.Text{
		NL: "De vraag is te groot: %[2]s, hoogstens %[3]d.",
		EN: "The document is too large: %[1]s, at most %[3]d.",
	}, what, words[what], most)
}
