// Command inorder makes the executor that gqlgen generates answer one operation in
// one goroutine, and read plain fields without ceremony.
//
// gqlgen starts a goroutine for every element of a list and every field with a
// resolver, and makes a context for every field: for a page of 20 cards some 400
// goroutines and 20,000 allocations. Here nothing is gained by that. Loaders make
// batches of what was announced, not of what is asked at the same time, and other
// requests want the processors too. Usage: inorder FILE, after gqlgen wrote it.
package main

import (
	"errors"
	"fmt"
	"go/format"
	"os"
	"regexp"
	"strings"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return errors.New("name one file")
	}
	text, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	if text, err = rewrite(text); err != nil {
		return fmt.Errorf("%s: %w", args[0], err)
	}
	return os.WriteFile(args[0], text, 0o644)
}

// change is a replacement that must be possible: what gqlgen generates has changed
// otherwise.
type change struct {
	what *regexp.Regexp
	with string
}

func changes() []change {
	return []change{
		{regexp.MustCompile(`graphql\.MarshalSliceConcurrently\(ctx, len\(v\), 0, false, `), `marshalSlice(ctx, len(v), `},
		{regexp.MustCompile(`out\.ResolveConcurrently\(ec\.OperationContext, &deferred, i,\s+true, (true|false),`), `resolve(ctx, out, i, $1,`},
		// The schema has no @defer.
		{regexp.MustCompile(`\n\tdeferred := graphql\.NewDeferredGroup\(ctx\)`), ``},
		{regexp.MustCompile(`\n\tif n := len\(deferred\.Defers\); n > 0 \{\n[^}]*\}\n`), ``},
		{regexp.MustCompile(`\n\t"math"\n`), "\n"},
		// Every record is a kb.Entity, and so is a file: what comes after this case is
		// never reached, and each type has a case of its own.
		{regexp.MustCompile(`\n\tcase kb\.Entity:\n\t\tif obj == nil \{\n\t\t\treturn graphql\.Null\n\t\t\}\n\t\treturn ec\._Record\(ctx, sel, obj\)`), ``},
		// A required text, number or boolean of a struct cannot fail, and no field
		// interceptor is set that would want to know of it.
		{regexp.MustCompile(`return graphql\.ResolveField\(
		ctx,
		ec\.OperationContext,
		field,
		func\(ctx context\.Context, field graphql\.CollectedField\) \(\*graphql\.FieldContext, error\) \{
			return ec\.fieldContext_\w+\(ctx, field\)
		\},
		func\(ctx context\.Context\) \(any, error\) \{
			return (obj(?:\.\w+)+), nil
		\},
		nil,
		func\(ctx context\.Context, selections ast\.SelectionSet, v \w+\) graphql\.Marshaler \{
			return (ec\.marshalN(?:String|Int|Boolean)2\w+)\(ctx, selections, v\)
		\},
		true,
		true,
	\)`), `return $2(ctx, field.Selections, $1)`},
	}
}

// rewrite gives the executor in order.
func rewrite(text []byte) ([]byte, error) {
	for _, c := range changes() {
		if !c.what.Match(text) {
			return nil, fmt.Errorf("nothing looks like %s: does gqlgen generate something else now?", strings.TrimSpace(c.what.String()))
		}
		text = c.what.ReplaceAll(text, []byte(c.with))
	}
	return format.Source(text)
}
