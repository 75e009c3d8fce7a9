package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// generated is a little of each thing that gqlgen writes.
const generated = `package exec

import (
	"context"
	"math"
)

func (ec *executionContext) _Case_title(ctx context.Context, field graphql.CollectedField, obj *kb.Case) (ret graphql.Marshaler) {
	return graphql.ResolveField(
		ctx,
		ec.OperationContext,
		field,
		func(ctx context.Context, field graphql.CollectedField) (*graphql.FieldContext, error) {
			return ec.fieldContext_Case_title(ctx, field)
		},
		func(ctx context.Context) (any, error) {
			return obj.Title, nil
		},
		nil,
		func(ctx context.Context, selections ast.SelectionSet, v string) graphql.Marshaler {
			return ec.marshalNString2string(ctx, selections, v)
		},
		true,
		true,
	)
}

func (ec *executionContext) _Case(ctx context.Context, sel ast.SelectionSet, obj *kb.Case) graphql.Marshaler {
	out := graphql.NewFieldSet(fields)
	deferred := graphql.NewDeferredGroup(ctx)
	for i, field := range fields {
		switch field.Name {
		case "themes":
			out.ResolveConcurrently(ec.OperationContext, &deferred, i,
				true, true,
				func(ctx context.Context) graphql.Marshaler {
					return ec._Case_themes(ctx, field, obj)
				})
		}
	}
	out.Dispatch(ctx)

	if n := len(deferred.Defers); n > 0 {
		atomic.AddInt32(&ec.Deferred, int32(min(n, math.MaxInt32)))
		ec.ProcessDeferredGroup(deferred)
	}

	return out
}

func (ec *executionContext) _Node(ctx context.Context, sel ast.SelectionSet, obj kb.Entity) graphql.Marshaler {
	switch obj := (obj).(type) {
	case nil:
		return graphql.Null
	case kb.Entity:
		if obj == nil {
			return graphql.Null
		}
		return ec._Record(ctx, sel, obj)
	case *kb.File:
		return ec._File(ctx, sel, obj)
	}
}

func (ec *executionContext) marshalNTheme(ctx context.Context, sel ast.SelectionSet, v []*kb.Theme) graphql.Marshaler {
	return graphql.MarshalSliceConcurrently(ctx, len(v), 0, false, func(ctx context.Context, i int) graphql.Marshaler {
		return ec.marshalTheme(ctx, sel, v[i])
	})
}
`

const inOrder = `package exec

import (
	"context"
)

func (ec *executionContext) _Case_title(ctx context.Context, field graphql.CollectedField, obj *kb.Case) (ret graphql.Marshaler) {
	return ec.marshalNString2string(ctx, field.Selections, obj.Title)
}

func (ec *executionContext) _Case(ctx context.Context, sel ast.SelectionSet, obj *kb.Case) graphql.Marshaler {
	out := graphql.NewFieldSet(fields)
	for i, field := range fields {
		switch field.Name {
		case "themes":
			resolve(ctx, out, i, true,
				func(ctx context.Context) graphql.Marshaler {
					return ec._Case_themes(ctx, field, obj)
				})
		}
	}
	out.Dispatch(ctx)

	return out
}

func (ec *executionContext) _Node(ctx context.Context, sel ast.SelectionSet, obj kb.Entity) graphql.Marshaler {
	switch obj := (obj).(type) {
	case nil:
		return graphql.Null
	case *kb.File:
		return ec._File(ctx, sel, obj)
	}
}

func (ec *executionContext) marshalNTheme(ctx context.Context, sel ast.SelectionSet, v []*kb.Theme) graphql.Marshaler {
	return marshalSlice(ctx, len(v), func(ctx context.Context, i int) graphql.Marshaler {
		return ec.marshalTheme(ctx, sel, v[i])
	})
}
`

func TestRewrite(t *testing.T) {
	file := filepath.Join(t.TempDir(), "exec_gen.go")
	if err := os.WriteFile(file, []byte(generated), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := run([]string{file}); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(file)
	if diff := cmp.Diff(inOrder, string(got)); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

// What cannot fail to be there, what can be null and what a method gives keep
// gqlgen's own care.
func TestRewriteLeavesWhatCanFail(t *testing.T) {
	for what, change := range map[string][2]string{
		"a method":          {"obj.Title, nil", "obj.Title(), nil"},
		"a resolver":        {"obj.Title, nil", "ec.Resolvers.Case().Title(ctx, obj)"},
		"may be null":       {"\t\ttrue,\n\t\ttrue,\n\t)", "\t\ttrue,\n\t\tfalse,\n\t)"},
		"a scalar of ours":  {"marshalNString2string", "marshalNDate2timeᚐTime"},
		"another directive": {"\t\tnil,\n\t\tfunc", "\t\tguard,\n\t\tfunc"},
	} {
		field := strings.Replace(generated, change[0], change[1], 1)
		got, err := rewrite([]byte(field + strings.ReplaceAll(generated[strings.Index(generated, "func "):], "_Case", "_Lesson")))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(got), "ec.fieldContext_Case_title(") {
			t.Errorf("%s lost its context", what)
		}
	}
}

// When gqlgen writes something else, generating fails rather than doing half of it.
func TestRewriteComplains(t *testing.T) {
	for _, gone := range []string{"MarshalSliceConcurrently", "ResolveConcurrently", "NewDeferredGroup", "deferred.Defers", "\t\"math\"\n", "graphql.ResolveField"} {
		if got, err := rewrite([]byte(strings.Replace(generated, gone, "other", 1))); err == nil {
			t.Errorf("without %s: %s", gone, got)
		}
	}
	if _, err := rewrite([]byte(inOrder)); err == nil {
		t.Error("rewritten twice")
	}
	for _, args := range [][]string{nil, {"a", "b"}, {filepath.Join(t.TempDir(), "missing")}} {
		if run(args) == nil {
			t.Errorf("%v: no error", args)
		}
	}
}
