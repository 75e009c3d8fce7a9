package archtest

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
)

const module = "leerkring"

// source is one Go file.
type source struct {
	path string // from the root, with slashes
	dir  string
	text []byte
	ast  *ast.File
	// test is a file of tests or of a package that only tests import.
	test      bool
	generated bool
	// foreign is a file of another module than the one at the root.
	foreign bool
}

func (s *source) lines() int { return bytes.Count(s.text, []byte("\n")) }

// tree is the Go source below a folder.
type tree struct {
	fset  *token.FileSet
	files []*source
}

// at gives a place for a complaint.
func (t *tree) at(p token.Pos) string {
	pos := t.fset.Position(p)
	return fmt.Sprintf("%s:%d", pos.Filename, pos.Line)
}

// written gives the files that a person wrote and that are part of a program.
func (t *tree) written() []*source {
	return t.filter(func(s *source) bool { return !s.generated && !s.test })
}

func (t *tree) filter(keep func(*source) bool) []*source {
	var out []*source
	for _, s := range t.files {
		if keep(s) {
			out = append(out, s)
		}
	}
	return out
}

// testSupport are the packages that only tests import.
func testSupport() []string {
	return []string{"internal/archtest", "internal/store/storetest", "internal/store/mongo/mongotest", "internal/mail/mailtest", "internal/blob/blobtest"}
}

// generatedHeader is the form that go help generate prescribes.
var generatedHeader = regexp.MustCompile(`(?m)^// Code generated .* DO NOT EDIT\.$`)

func load(root fs.FS) (*tree, error) {
	out := &tree{fset: token.NewFileSet()}
	var modules []string
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			// What the go command leaves out.
			if base := d.Name(); base == "testdata" || name != "." && strings.ContainsRune("._", rune(base[0])) {
				return fs.SkipDir
			}
			return nil
		}
		if d.Name() == "go.mod" && name != "go.mod" {
			modules = append(modules, path.Dir(name)+"/")
		}
		if path.Ext(name) != ".go" {
			return nil
		}
		s, err := parse(out.fset, root, name)
		out.files = append(out.files, s)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, s := range out.files {
		s.foreign = slices.ContainsFunc(modules, func(m string) bool { return strings.HasPrefix(s.path, m) })
	}
	return out, nil
}

func parse(fset *token.FileSet, root fs.FS, name string) (*source, error) {
	text, err := fs.ReadFile(root, name)
	if err != nil {
		return nil, err
	}
	file, err := parser.ParseFile(fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	dir := path.Dir(name)
	return &source{
		path: name, dir: dir, text: text, ast: file,
		test:      strings.HasSuffix(name, "_test.go") || slices.Contains(testSupport(), dir),
		generated: generatedHeader.Match(text),
	}, nil
}

// loadRepository reads this repository, once for all rules.
var loadRepository = sync.OnceValues(func() (*tree, error) { return load(os.DirFS("../..")) })

// repository is this repository.
func repository(t *testing.T) *tree {
	t.Helper()
	out, err := loadRepository()
	if err != nil {
		t.Fatal(err)
	}
	if len(out.files) < 100 {
		t.Fatalf("only %d Go files: this is not the repository", len(out.files))
	}
	return out
}

// must fails for each complaint about the repository.
func must(t *testing.T, complaints []string) {
	t.Helper()
	for _, c := range complaints {
		t.Error(c)
	}
}

// violation is a small tree that breaks a rule, and the complaint about it; an
// empty one is a tree that must pass.
type violation struct {
	name  string
	files map[string]string
	want  string
}

// mustComplain tries a rule on small trees.
func mustComplain(t *testing.T, rule func(*tree) []string, trees []violation) {
	t.Helper()
	for _, v := range trees {
		root := fstest.MapFS{}
		for name, text := range v.files {
			root[name] = &fstest.MapFile{Data: []byte(text)}
		}
		small, err := load(root)
		if err != nil {
			t.Fatal(err)
		}
		got := strings.Join(rule(small), "\n")
		if v.want == "" && got != "" {
			t.Errorf("%s: complains without reason:\n%s", v.name, got)
		}
		if !strings.Contains(got, v.want) {
			t.Errorf("%s: says %q, not %q", v.name, got, v.want)
		}
	}
}
