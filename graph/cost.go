package graph

import (
	"strings"
	"unicode"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"leerkring/internal/kb"
)

const (
	// maxCost is the most that one operation may cost. A page of 100 cards with
	// all that they show costs about 10,000, the whole schema about 40,000.
	maxCost = 50_000
	// listCost is how many records a list without pages is taken to have.
	listCost = 5
	// searchCost is what asking the index for a page costs, with up to freeWords
	// words; each further word costs as much again. The index takes no more than
	// mostWords of them.
	searchCost = 100
	freeWords  = 5
	mostWords  = 64
	// facetCost is what counting the values of all facets costs.
	facetCost = 50
	// wholeCost is what reading all of a log or trying all queries of a list costs.
	wholeCost = 10_000
	// auditCost is what a page of the audit trail costs, which reads a part of the log;
	// historyCost what the versions of a record cost, and writeCost a mutation.
	auditCost   = 1_000
	historyCost = 100
	writeCost   = 200
	// readingCost is what opening what was read from a file costs, similarCost comparing
	// it with others.
	readingCost = 20
	similarCost = 500
	// maxFindings is how many findings or headings a file is taken to have.
	maxFindings = 50
	// explanationLines is how many lines an explanation is taken to have.
	explanationLines = 50
)

// checkCost refuses an operation whose answer could be too large, or that is wrong
// in a way that only its variables show. It must have passed checkShape, which
// bounds the walk.
func checkCost(op *graphql.OperationContext) *gqlerror.Error {
	c := coster{variables: op.Variables}
	if c.set(op.Operation.SelectionSet, 1) > maxCost {
		return tooComplex("cost", maxCost)
	}
	if c.nullCondition != nil {
		err := gqlerror.ErrorPosf(c.nullCondition.Position, "Argument %q of @%s cannot be null.", "if", c.nullCondition.Name)
		errcode.Set(err, errcode.ValidationFailed)
		return err
	}
	return nil
}

// coster counts the fields of an answer: 1 for each, times the lists around it.
type coster struct {
	variables map[string]any
	// nullCondition is a @skip or @include whose condition is a null variable: the
	// validator lets it pass when the variable has a default, and gqlgen panics on it.
	nullCondition *ast.Directive
}

// set is the cost of a selection; page is the size of the page that it belongs to.
func (c *coster) set(set ast.SelectionSet, page int) int {
	sum := 0
	for _, selection := range set {
		switch v := selection.(type) {
		case *ast.Field:
			c.conditions(v.Directives)
			sum += c.field(v, page)
		case *ast.InlineFragment:
			c.conditions(v.Directives)
			sum += c.set(v.SelectionSet, page)
		case *ast.FragmentSpread:
			c.conditions(v.Directives)
			sum += c.set(v.Definition.SelectionSet, page)
		}
		sum = min(sum, 1<<40)
	}
	return sum
}

func (c *coster) conditions(list ast.DirectiveList) {
	for _, d := range list {
		if condition := d.Arguments.ForName("if"); condition != nil && condition.Value.Kind == ast.Variable && c.variables[condition.Value.Raw] == nil {
			c.nullCondition = d
		}
	}
}

func (c *coster) field(f *ast.Field, page int) int {
	if len(f.SelectionSet) == 0 {
		return 1
	}
	if strings.HasSuffix(f.Definition.Type.Name(), "Connection") {
		return searchCost*c.searches(f) + c.set(f.SelectionSet, c.first(f))
	}
	if f.Definition.Type.Name() == "AuditPage" {
		return auditCost + c.set(f.SelectionSet, c.first(f))
	}
	own := 1
	if f.ObjectDefinition.Name == "Mutation" {
		own = writeCost
	}
	switch f.Name {
	case "signIn", "redeemTicket", "changePassword", "deleteMyAccount", "signUp", "requestPasswordReset":
		own = wholeCost // each may take a hash of a password, which is made to be slow
	}
	switch f.Definition.Type.Name() {
	case "Revision", "FieldChange":
		own = historyCost
	case "Facet":
		own = facetCost
	case "Suggestion", "RelatedMaterial":
		own = searchCost
	case "SynonymsPreview":
		own = 2 * searchCost * c.count(f, "queries")
	case "Finding", "FileSuggestion", "OutlineEntry":
		own = readingCost
	case "SimilarFile":
		own = similarCost
	case "PersonalData", "Statistics", "JudgementReport":
		own = wholeCost
	}
	return own + c.length(f, page)*c.set(f.SelectionSet, 1)
}

// searches is how many short searches a connection is worth.
func (c *coster) searches(f *ast.Field) int {
	text, _ := f.ArgumentMap(c.variables)["query"].(string) // only search has one
	text = kb.CutQuery(text)
	between := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	return 1 + max(0, min(len(strings.FieldsFunc(text, between)), mostWords)-freeWords)
}

// length is how many records the list of a field may have; 1 for a field that is no list.
func (c *coster) length(f *ast.Field, page int) int {
	parent := f.ObjectDefinition.Name
	switch {
	case f.Definition.Type.Elem == nil:
		return 1
	case f.Name == "facets":
		return len(kb.FacetFields())
	case f.Name == "recognised":
		return maxRecognised
	case strings.HasSuffix(parent, "Connection"), parent == "AuditPage":
		return page
	case f.Name == "previewSynonyms":
		return c.count(f, "queries")
	case f.Name == "changes", parent == "PersonalData":
		return kb.MaxPage
	case f.Name == "explanation":
		return explanationLines
	case f.Name == "findings", f.Name == "outline":
		return maxFindings
	case f.Definition.Arguments.ForName("first") != nil:
		return c.first(f)
	case f.Name == "nodes":
		return c.count(f, "ids")
	case strings.HasPrefix(parent, "__"):
		return introspected(f.Name)
	}
	return listCost
}

// introspected is about how long a list of the schema is.
func introspected(field string) int {
	switch field {
	case "types":
		return 70
	case "fields":
		return 8
	case "directives":
		return 5
	case "enumValues":
		return 2
	}
	return 1 // most fields have no arguments, most types no interfaces
}

// first is the size of a page, clamped as the resolvers do.
func (c *coster) first(f *ast.Field) int {
	value := f.ArgumentMap(c.variables)["first"]
	if def := f.Definition.Arguments.ForName("first"); value == nil && def != nil && def.DefaultValue != nil {
		value, _ = def.DefaultValue.Value(nil)
	}
	n, err := graphql.UnmarshalInt(value)
	if err != nil {
		return kb.MaxPage
	}
	return min(max(n, 0), kb.MaxPage)
}

// count is the length of a list that an argument gives.
func (c *coster) count(f *ast.Field, argument string) int {
	return min(len(graphql.CoerceList(f.ArgumentMap(c.variables)[argument])), kb.MaxPage)
}
