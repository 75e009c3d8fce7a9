package exec

import (
	"bytes"
	"context"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"
)

// respond gives a context in which errors are gathered, as in an operation.
func respond(t *testing.T) context.Context {
	return graphql.WithResponseContext(t.Context(), graphql.DefaultErrorPresenter, graphql.DefaultRecover)
}

// An element that panics is null where it stands, and the others are there.
func TestMarshalSlice(t *testing.T) {
	ctx := respond(t)
	list := marshalSlice(ctx, 3, func(ctx context.Context, i int) graphql.Marshaler {
		if got := graphql.GetPath(ctx).String(); got != (ast.Path{ast.PathIndex(i)}).String() {
			t.Errorf("element %d is at %s", i, got)
		}
		if i == 1 {
			panic("damaged")
		}
		return graphql.MarshalInt(i)
	})
	var out bytes.Buffer
	list.MarshalGQL(&out)
	if out.String() != "[0,null,2]" {
		t.Error(out.String())
	}
	errs := graphql.GetErrors(ctx)
	if len(errs) != 1 || cmp.Diff(ast.Path{ast.PathIndex(1)}, errs[0].Path) != "" {
		t.Errorf("%v", errs)
	}
}

// A required field that is null, or that panics, makes its object invalid; one that may be null does not.
func TestResolve(t *testing.T) {
	for _, c := range []struct {
		name    string
		nonNull bool
		value   func(context.Context) graphql.Marshaler
		invalid uint32
		want    graphql.Marshaler
	}{
		{"a value", true, func(context.Context) graphql.Marshaler { return graphql.True }, 0, graphql.True},
		{"required and null", true, func(context.Context) graphql.Marshaler { return graphql.Null }, 1, graphql.Null},
		{"null", false, func(context.Context) graphql.Marshaler { return graphql.Null }, 0, graphql.Null},
		{"made required", false, func(context.Context) graphql.Marshaler { return graphql.RequiredNull }, 1, graphql.RequiredNull},
		{"a panic", true, func(context.Context) graphql.Marshaler { panic("damaged") }, 1, graphql.Null},
	} {
		out := graphql.NewFieldSet(make([]graphql.CollectedField, 1))
		resolve(respond(t), out, 0, c.nonNull, c.value)
		if out.Invalids != c.invalid || out.Values[0] != c.want {
			t.Errorf("%s: %v, %d invalid", c.name, out.Values[0], out.Invalids)
		}
	}
}
