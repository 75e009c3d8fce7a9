package archtest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// anything is for the two places that put the parts together.
const anything = "*"

// edges is the table of allowed imports: each package of ours with the packages
// of ours that it may import. Everything points at kb, and one technology never
// imports another. Tests may import any package: they use the real store and the
// real index.
func edges() map[string][]string {
	return map[string][]string{
		"internal/kb": {}, // the domain
		// The stores share how a write is judged, and nothing else.
		"internal/store":        {"internal/kb"},
		"internal/store/sqlite": {"internal/kb", "internal/store"},
		"internal/store/mongo":  {"internal/kb", "internal/store"},

		"internal/blob":        {"internal/kb"},                                          // bytes of files in a folder
		"internal/backup":      {"internal/exchange", "internal/kb"},                     // an archive of all of it
		"internal/virus":       {"internal/kb"},                                          // asks clamd
		"internal/blob/gridfs": {"internal/blob", "internal/kb", "internal/store/mongo"}, // bytes of files in MongoDB, with the store's connection and errors

		"internal/store/feedproof": {"internal/kb", "internal/store/mongo"}, // processes that prove the feed, for cmd/leerkringbench and tests

		"internal/search":                         {"internal/kb", "internal/search/dutch", "internal/search/query"},
		"internal/search/dutch":                   {"internal/search/dutch/internal/compound", "internal/search/dutch/internal/lexicon", "internal/search/dutch/internal/spelling"},
		"internal/search/dutch/internal/lexicon":  {},
		"internal/search/dutch/internal/compound": {"internal/search/dutch/internal/lexicon", "internal/search/dutch/internal/spelling"},
		"internal/search/dutch/internal/counts":   {"internal/search/dutch/internal/compound", "internal/search/dutch/internal/lexicon"}, // makes the families of compounds
		"internal/search/dutch/internal/spelling": {},
		"internal/search/dutch/internal/words":    {"internal/search/dutch/internal/lexicon", "internal/search/dutch/internal/spelling"}, // makes the word list
		"internal/search/query":                   {},                                                                                    // what a person typed
		"internal/corpus":                         {"internal/kb"},                                                                       // what is measured with
		"internal/eval":                           {"internal/exchange", "internal/kb", "internal/search", "internal/search/dutch"},      // measures production's own search
		"internal/indexer":                        {"internal/kb"},                                                                       // knows neither store nor index, only what it needs of them
		"internal/exchange":                       {"internal/kb"},
		"internal/sample":                         {}, // records as text, brought in like anyone's
		"internal/httpd":                          {"internal/kb"},
		"internal/files":                          {"internal/kb"}, // files over HTTP
		"internal/mail":                           {"internal/kb"}, // a letter by SMTP
		"internal/worker":                         {"internal/kb"}, // does what is due
		"internal/auth":                           {"internal/kb"}, // who is asking

		"internal/extract/office":    {"internal/extract/format", "internal/extract/text/flow", "internal/kb"}, // Office Open XML and OpenDocument
		"internal/extract/text":      {"internal/extract/format", "internal/extract/text/flow", "internal/kb"}, // HTML, Markdown, plain text, CSV
		"internal/extract/text/flow": {"internal/extract/format", "internal/kb"},                               // pages of a text that flows
		// The one that knows all formats; its children run the others.
		"internal/extract":         {"internal/extract/format", "internal/extract/office", "internal/extract/pdf", "internal/extract/picture", "internal/extract/safety", "internal/extract/text", "internal/kb"},
		"internal/extract/format":  {"internal/kb"},                            // what readers of files work with
		"internal/extract/safety":  {"internal/kb"},                            // what should not slip out
		"internal/suggest":         {"internal/kb"},                            // what a file says of its material
		"internal/extract/pdf":     {"internal/extract/format", "internal/kb"}, // PDF by PDFium
		"internal/extract/picture": {"internal/extract/format", "internal/kb"}, // pictures of pages, text in pictures

		"graph":                  {"internal/kb", "graph/internal/exec", "graph/internal/scalar", "graph/model"},
		"graph/internal/exec":    {"internal/kb", "graph/internal/scalar", "graph/model"},
		"graph/internal/scalar":  {"internal/kb"},
		"graph/internal/inorder": {},                                       // changes what gqlgen generates
		"graph/model":            {"internal/kb", "graph/internal/scalar"}, // inputs hold uploads

		// The pages speak GraphQL like any client: not graph, only its texts.
		"internal/web":            {"internal/kb", "internal/web/operations"},
		"internal/web/operations": {"internal/kb"},

		"internal/app":       {anything}, // the composition
		"cmd/leerkring":      {anything},
		"cmd/leerkringbench": {anything},
	}
}

// library is a library with the folders that may import it.
type library struct {
	path   string
	owners []string
	why    string
}

// testsOnly marks a library for tests, wherever they stand.
const testsOnly = "tests"

// libraries gives every library its owner, so that it can be replaced in one place.
func libraries() []library {
	return []library{
		{"github.com/99designs/gqlgen", []string{"graph"}, "GraphQL execution"},
		{"github.com/vektah/gqlparser/v2", []string{"graph"}, "GraphQL documents"},
		{"github.com/blevesearch/bleve/v2", []string{"internal/search"}, "the index"},
		{"github.com/blevesearch/bleve_index_api", []string{"internal/search"}, "the index"},
		{"github.com/blevesearch/scorch_segment_api/v2", []string{"internal/search"}, "the index"},
		{"github.com/blevesearch/vellum", []string{"internal/search"}, "word lists and typing errors"},
		{"go.etcd.io/bbolt", []string{"internal/search"}, "examining scorch's root file"},
		{"go.mongodb.org/mongo-driver/v2", []string{"internal/store/mongo", "internal/blob/gridfs"}, "MongoDB"},
		{"modernc.org/sqlite", []string{"internal/store/sqlite"}, "the embedded store"},
		{"github.com/gofrs/flock", []string{"internal/store/sqlite", "internal/search"}, "one process per folder"},
		{"github.com/Khan/genqlient", []string{"internal/web"}, "the operations of the pages"},
		{"github.com/yuin/goldmark", []string{"internal/web"}, "Markdown to HTML"},
		{"github.com/microcosm-cc/bluemonday", []string{"internal/web"}, "cleaning that HTML"},
		{"github.com/rs/cors", []string{"internal/httpd"}, "other sites' scripts"},
		{"golang.org/x/crypto", []string{"internal/auth"}, "argon2id"},
		{"github.com/coreos/go-oidc/v3", []string{"internal/auth"}, "OpenID Connect"},
		{"golang.org/x/oauth2", []string{"internal/auth"}, "its code flow"},
		{"github.com/klauspost/compress", []string{"internal/httpd"}, "compressed answers"},
		{"github.com/wneessen/go-mail", []string{"internal/mail"}, "SMTP and the form of mails"},
		{"github.com/alecthomas/kong", []string{"cmd"}, "flags"},
		{"github.com/mattn/go-isatty", []string{"cmd"}, "a terminal or not"},
		{"golang.org/x/image", []string{"internal/extract"}, "formats of images, scaling, letters"},
		{"github.com/klippa-app/go-pdfium", []string{"internal/extract/pdf"}, "PDF"},
		{"github.com/tetratelabs/wazero", []string{"internal/extract/pdf"}, "WebAssembly"},
		{"github.com/gabriel-vasile/mimetype", []string{"internal/extract"}, "kinds of files"},
		{"github.com/richardlehane/mscfb", []string{"internal/extract"}, "older documents are told apart"},
		{"github.com/abadojack/whatlanggo", []string{"internal/extract"}, "the language of a text"},
		{"github.com/landlock-lsm/go-landlock", []string{"internal/extract"}, "children without files"},
		{"kernel.org/pub/linux/libs/security/libcap/psx", []string{"internal/extract"}, "limits of all threads"},
		{"golang.org/x/text", []string{"."}, "Unicode, as good as the standard library"},
		{"golang.org/x/sync", []string{"."}, "as good as the standard library"},

		{"github.com/google/go-cmp", []string{testsOnly}, "differences in tests"},
		{"pgregory.net/rapid", []string{testsOnly}, "random tests"},
		{"go.uber.org/goleak", []string{testsOnly}, "goroutines that outlive a test"},
		{"github.com/rogpeppe/go-internal", []string{testsOnly}, "command scripts"},
		{"golang.org/x/net", []string{"internal/extract", testsOnly}, "HTML of strangers, encodings; in tests, the structure of pages"},
		{"github.com/chromedp", []string{testsOnly}, "pages in a real browser"},
	}
}

// banned are packages of libraries that are otherwise allowed.
func banned() map[string]string {
	return map[string]string{
		"github.com/99designs/gqlgen/graphql/playground":        "it loads from another site",
		"github.com/99designs/gqlgen/graphql/handler/transport": "its multipart form panics on malformed input; graph has its own handler",
	}
}

func TestImports(t *testing.T) {
	must(t, checkEdges(repository(t)))
	must(t, staleEdges(repository(t)))
	must(t, checkLibraries(repository(t)))
	must(t, staleLibraries(repository(t)))
}

func TestImportsComplain(t *testing.T) {
	mustComplain(t, checkEdges, []violation{
		{"the domain imports a store", map[string]string{"internal/kb/x.go": "package kb\nimport _ \"leerkring/internal/store\""}, "internal/kb may not import internal/store"},
		{"one technology imports another", map[string]string{"internal/web/x.go": "package web\nimport _ \"leerkring/graph\""}, "internal/web may not import graph"},
		{"a package that nobody knows", map[string]string{"internal/util/x.go": "package util"}, "internal/util is not in the table"},
		{"a program that imports test support", map[string]string{"internal/app/x.go": "package app\nimport _ \"leerkring/internal/store/storetest\""}, "only tests may import"},
		{"a test may", map[string]string{"internal/kb/x_test.go": "package kb\nimport _ \"leerkring/internal/store/sqlite\""}, ""},
		{"another module", map[string]string{"tools/x/go.mod": "module x", "tools/x/main.go": "package main"}, ""},
	})
	mustComplain(t, checkLibraries, []violation{
		{"a second owner", map[string]string{"internal/web/x.go": "package web\nimport _ \"modernc.org/sqlite\""}, "modernc.org/sqlite belongs to internal/store/sqlite"},
		{"a path that only begins the same", map[string]string{"internal/searching/x.go": "package x\nimport _ \"go.etcd.io/bbolt\""}, "belongs to internal/search"},
		{"a second owner in its tests", map[string]string{"internal/kb/x_test.go": "package kb\nimport _ \"go.etcd.io/bbolt\""}, "belongs to internal/search"},
		{"a library for tests", map[string]string{"internal/kb/x.go": "package kb\nimport _ \"pgregory.net/rapid\""}, "belongs to tests"},
		{"a library that nobody owns", map[string]string{"internal/kb/x.go": "package kb\nimport _ \"github.com/pkg/errors\""}, "github.com/pkg/errors has no owner"},
		{"a banned package", map[string]string{"graph/x.go": "package graph\nimport _ \"github.com/99designs/gqlgen/graphql/playground\""}, "it loads from another site"},
		{"the owner", map[string]string{"internal/store/sqlite/x.go": "package sqlite\nimport _ \"modernc.org/sqlite/lib\""}, ""},
	})
}

// ours gives the packages of ours that a file imports, theirs the other ones
// that are not of the standard library.
func imports(s *source) (ours, theirs []string) {
	for _, spec := range s.ast.Imports {
		name := strings.Trim(spec.Path.Value, `"`)
		first, _, _ := strings.Cut(name, "/")
		if own, ok := strings.CutPrefix(name, module+"/"); ok {
			ours = append(ours, own)
		} else if strings.Contains(first, ".") {
			theirs = append(theirs, name)
		}
	}
	return ours, theirs
}

func checkEdges(t *tree) []string {
	var out []string
	table := edges()
	for _, s := range t.files {
		if s.test || s.foreign {
			continue
		}
		allowed, known := table[s.dir]
		if !known {
			out = append(out, s.path+": "+s.dir+" is not in the table of imports")
			continue
		}
		ours, _ := imports(s)
		for _, to := range ours {
			if slices.Contains(testSupport(), to) {
				out = append(out, fmt.Sprintf("%s: only tests may import %s", s.path, to))
			} else if !slices.Contains(allowed, to) && !slices.Contains(allowed, anything) {
				out = append(out, fmt.Sprintf("%s: %s may not import %s", s.path, s.dir, to))
			}
		}
	}
	return out
}

// staleEdges keeps the table true: what it allows is used.
func staleEdges(t *tree) []string {
	used := map[string]map[string]bool{}
	for _, s := range t.files {
		if used[s.dir] == nil {
			used[s.dir] = map[string]bool{anything: true}
		}
		ours, _ := imports(s)
		for _, to := range ours {
			used[s.dir][to] = used[s.dir][to] || !s.test
		}
	}
	var out []string
	for from, allowed := range edges() {
		if used[from] == nil {
			out = append(out, "the table of imports names "+from+", which does not exist")
			continue
		}
		for _, to := range allowed {
			if !used[from][to] {
				out = append(out, fmt.Sprintf("the table lets %s import %s, which it does not do", from, to))
			}
		}
	}
	return out
}

// owner gives the library to which an imported path belongs.
func owner(name string) (library, bool) {
	for _, l := range libraries() {
		if within(name, l.path) {
			return l, true
		}
	}
	return library{}, false
}

func within(name, folder string) bool {
	return folder == "." || name == folder || strings.HasPrefix(name, folder+"/")
}

func checkLibraries(t *tree) []string {
	var out []string
	for _, s := range t.files {
		if s.foreign {
			continue
		}
		_, theirs := imports(s)
		for _, name := range theirs {
			if why, ok := banned()[name]; ok {
				out = append(out, fmt.Sprintf("%s: not %s: %s", s.path, name, why))
			}
			l, known := owner(name)
			if !known {
				out = append(out, fmt.Sprintf("%s: %s has no owner in the table of libraries", s.path, name))
			} else if !slices.ContainsFunc(l.owners, func(o string) bool { return within(s.dir, o) || o == testsOnly && s.test }) {
				out = append(out, fmt.Sprintf("%s: %s belongs to %s", s.path, name, strings.Join(l.owners, " and ")))
			}
		}
	}
	return out
}

// staleLibraries complains of owners of what nobody uses any more.
func staleLibraries(t *tree) []string {
	unused := map[string]bool{}
	for _, l := range libraries() {
		unused[l.path] = true
	}
	for _, s := range t.files {
		_, theirs := imports(s)
		for _, name := range theirs {
			l, _ := owner(name)
			delete(unused, l.path)
		}
	}
	var out []string
	for _, name := range slices.Sorted(maps.Keys(unused)) {
		out = append(out, name+" has an owner, but nobody imports it")
	}
	return out
}
