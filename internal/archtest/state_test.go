package archtest

import (
	"fmt"
	"go/ast"
	"go/token"
	"maps"
	"slices"
	"strings"
	"testing"
)

// constants are package-level variables that are constants in all but form.
func constants() map[string]string {
	return map[string]string{
		"internal/kb.idEncoding":         "an alphabet, which has no method that changes it",
		"internal/search.keyFingerprint": "a name that scorch wants as bytes",
		"internal/search.keyPosition":    "a name that scorch wants as bytes",
	}
}

func TestState(t *testing.T) {
	repo := repository(t)
	must(t, checkState(repo))
	must(t, staleConstants(repo))
}

func TestStateComplains(t *testing.T) {
	mustComplain(t, checkState, []violation{
		{"an init", map[string]string{"a/a.go": "package a\nfunc init() {}"}, "a/a.go:2: init"},
		{"a map", map[string]string{"a/a.go": "package a\nvar cache = map[string]int{}"}, "cache is state"},
		{"a number", map[string]string{"a/a.go": "package a\nvar n int"}, "n is state"},
		{"a hook for tests", map[string]string{"a/a.go": "package a\nimport \"time\"\nvar now = time.Now"}, "now is state"},
		{"what never changes", map[string]string{"a/a.go": `package a
import ("embed"; "errors"; "regexp"; "io")
var _ io.Reader = (*T)(nil)
var errGone = errors.New("gone")
var word = regexp.MustCompile("x")
//go:embed static
var files embed.FS
var (
	//go:embed a.txt
	text []byte
)`}, ""},
		{"a test may", map[string]string{"a/a_test.go": "package a\nvar update = true"}, ""},
	})
}

// variable is a package-level variable that may be state.
type variable struct {
	key string // folder.name
	at  string
}

func checkState(t *tree) []string {
	var out []string
	for _, s := range t.written() {
		for _, f := range functions(s) {
			if f.Name.Name == "init" && f.Recv == nil {
				out = append(out, t.at(f.Pos())+": init: whoever needs it calls it")
			}
		}
	}
	for _, v := range variables(t) {
		if _, ok := constants()[v.key]; !ok {
			out = append(out, fmt.Sprintf("%s: %s is state of a package: hand it in, or make it a constant or a function", v.at, v.key[strings.LastIndex(v.key, ".")+1:]))
		}
	}
	return out
}

func staleConstants(t *tree) []string {
	unused := constants()
	for _, v := range variables(t) {
		delete(unused, v.key)
	}
	return slices.Sorted(maps.Keys(unused))
}

// variables gives the package-level variables that are not plainly constant.
func variables(t *tree) []variable {
	var out []variable
	for _, s := range t.written() {
		for _, d := range s.ast.Decls {
			group, ok := d.(*ast.GenDecl)
			if !ok || group.Tok != token.VAR {
				continue
			}
			for _, spec := range group.Specs {
				value := spec.(*ast.ValueSpec)
				if embedded(group.Doc) || embedded(value.Doc) || plainlyConstant(value) {
					continue
				}
				for _, name := range value.Names {
					if name.Name != "_" {
						out = append(out, variable{s.dir + "." + name.Name, t.at(name.Pos())})
					}
				}
			}
		}
	}
	return out
}

func embedded(doc *ast.CommentGroup) bool {
	return doc != nil && slices.ContainsFunc(doc.List, func(c *ast.Comment) bool { return strings.HasPrefix(c.Text, "//go:embed ") })
}

// plainlyConstant reports whether each value is an error or a regular expression.
func plainlyConstant(spec *ast.ValueSpec) bool {
	for _, v := range spec.Values {
		call, ok := v.(*ast.CallExpr)
		if !ok {
			return false
		}
		f, ok := call.Fun.(*ast.SelectorExpr)
		if !ok {
			return false
		}
		from, ok := f.X.(*ast.Ident)
		if !ok || from.Name+"."+f.Sel.Name != "errors.New" && from.Name+"."+f.Sel.Name != "regexp.MustCompile" {
			return false
		}
	}
	return len(spec.Values) > 0
}
