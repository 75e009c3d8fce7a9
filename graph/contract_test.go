package graph_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

func loadSchema(t testing.TB) *ast.Schema {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "schema.graphqls"))
	must(t, err)
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: "schema.graphqls", Input: string(text)})
	must(t, err)
	return schema
}

// TestContract holds the schema against the part of it that clients outside rely on.
func TestContract(t *testing.T) {
	dir := os.Getenv("LEERKRING_TESTDATA")
	if dir == "" {
		if os.Getenv("LEERKRING_REQUIRE_TOOLS") == "1" {
			t.Fatal("LEERKRING_TESTDATA is not set")
		}
		t.Skip("LEERKRING_TESTDATA is not set")
	}
	text, err := os.ReadFile(filepath.Join(dir, "contract.graphqls"))
	must(t, err)
	contract, err := parser.ParseSchema(&ast.Source{Name: "contract.graphqls", Input: string(text)})
	must(t, err)
	if len(contract.Definitions) < 20 {
		t.Fatalf("the contract has only %d types", len(contract.Definitions))
	}
	schema := loadSchema(t)
	for _, want := range contract.Definitions {
		got := schema.Types[want.Name]
		if got == nil || got.Kind != want.Kind {
			t.Errorf("%s %s is not in the schema", want.Kind, want.Name)
			continue
		}
		for _, name := range want.Interfaces {
			if !slices.Contains(got.Interfaces, name) {
				t.Errorf("%s does not implement %s", want.Name, name)
			}
		}
		for _, v := range want.EnumValues {
			if got.EnumValues.ForName(v.Name) == nil {
				t.Errorf("%s has no value %s", want.Name, v.Name)
			}
		}
		for _, f := range want.Fields {
			checkField(t, want.Name, f, got.Fields.ForName(f.Name))
		}
	}
}

func checkField(t *testing.T, parent string, want, got *ast.FieldDefinition) {
	t.Helper()
	if got == nil {
		t.Errorf("%s has no field %s", parent, want.Name)
		return
	}
	signature := func(f *ast.FieldDefinition, only ast.ArgumentDefinitionList) []string {
		out := []string{f.Name + ": " + f.Type.String()}
		for _, a := range f.Arguments {
			if only.ForName(a.Name) == nil {
				continue
			}
			s := a.Name + ": " + a.Type.String()
			if a.DefaultValue != nil {
				s += " = " + a.DefaultValue.String()
			}
			out = append(out, s)
		}
		return out
	}
	if diff := cmp.Diff(signature(want, want.Arguments), signature(got, want.Arguments)); diff != "" {
		t.Errorf("%s.%s differs from the contract (-want +got):\n%s", parent, want.Name, diff)
	}
	for _, a := range got.Arguments {
		if want.Arguments.ForName(a.Name) == nil && a.Type.NonNull && a.DefaultValue == nil {
			t.Errorf("%s.%s requires the argument %s, which the contract does not have", parent, want.Name, a.Name)
		}
	}
}

// TestEverythingIsDescribed asks a full sentence of every description.
func TestEverythingIsDescribed(t *testing.T) {
	check := func(name, description string) {
		words := strings.Fields(description)
		if len(words) < 2 || !strings.HasSuffix(description, ".") || !unicode.IsUpper([]rune(description)[0]) {
			t.Errorf("%s is not described by a sentence: %q", name, description)
		}
	}
	count := 0
	for _, def := range loadSchema(t).Types {
		if def.BuiltIn {
			continue
		}
		count++
		check(def.Name, def.Description)
		for _, v := range def.EnumValues {
			check(def.Name+"."+v.Name, v.Description)
		}
		for _, f := range def.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			check(def.Name+"."+f.Name, f.Description)
			for _, a := range f.Arguments {
				check(def.Name+"."+f.Name+"("+a.Name+")", a.Description)
			}
		}
	}
	if count < 40 {
		t.Fatalf("only %d types were checked", count)
	}
}
