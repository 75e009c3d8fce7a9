// Package exec is the executor that gqlgen generates of the schema, with what
// graph/internal/inorder puts in the place of its goroutines.
package exec

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
)

// marshalSlice marshals the elements of a list, one after the other. An element
// that panics is null, and an error of the answer.
func marshalSlice(ctx context.Context, length int, element func(context.Context, int) graphql.Marshaler) graphql.Array {
	out := make(graphql.Array, length)
	places := make([]struct {
		field graphql.FieldContext
		index int
	}, length)
	for i := range out {
		places[i].index = i
		places[i].field.Index = &places[i].index
		ctx := graphql.WithFieldContext(ctx, &places[i].field)
		out[i] = orNull(ctx, func(ctx context.Context) graphql.Marshaler { return element(ctx, i) })
	}
	return out
}

// resolve puts the value of a field with a resolver into its object, and counts it
// when the schema says that it is there and it is not.
func resolve(ctx context.Context, out *graphql.FieldSet, i int, nonNull bool, field func(context.Context) graphql.Marshaler) {
	out.Values[i] = orNull(ctx, field)
	missing := graphql.RequiredNull
	if nonNull {
		missing = graphql.Null
	}
	if out.Values[i] == missing {
		out.Invalids++
	}
}

// orNull marshals something; a panic becomes null, and an error of the answer.
func orNull(ctx context.Context, marshal func(context.Context) graphql.Marshaler) (m graphql.Marshaler) {
	defer func() {
		if v := recover(); v != nil {
			graphql.AddError(ctx, graphql.Recover(ctx, v))
			m = graphql.Null
		}
	}()
	return marshal(ctx)
}
