package archtest

import (
	"path"
	"regexp"
	"strings"
	"testing"
)

// link is a Markdown link to a file of this repository.
var link = regexp.MustCompile(`\]\(([^)#:\s]+)(?:#[^)]*)?\)`)

func TestLinksLeadSomewhere(t *testing.T) {
	all := files(t)
	must(t, checkLinks(all))
}

func TestLinksComplain(t *testing.T) {
	got := checkLinks(map[string][]byte{
		"docs/a.md": []byte("[b](b.md#x), [gone](../gone.md), [a folder](../graph), [elsewhere](https://x.nl/y.md)"),
		"docs/b.md": nil, "graph/doc.go": nil,
	})
	if len(got) != 1 || !strings.Contains(got[0], "docs/a.md links to gone.md") {
		t.Errorf("%q", got)
	}
}

func checkLinks(all map[string][]byte) []string {
	exists := map[string]bool{}
	for name := range all {
		for ; name != "."; name = path.Dir(name) {
			exists[name] = true
		}
	}
	var out []string
	for name, text := range all {
		if path.Ext(name) != ".md" {
			continue
		}
		for _, m := range link.FindAllSubmatch(text, -1) {
			if to := path.Join(path.Dir(name), string(m[1])); !exists[to] {
				out = append(out, name+" links to "+to+", which is not there")
			}
		}
	}
	return out
}

// Each library of the table of owners has its licence in docs/licences.md.
func TestLicences(t *testing.T) {
	page := string(files(t)["docs/licences.md"])
	for _, l := range libraries() {
		if !strings.Contains(page, "| `"+l.path) {
			t.Errorf("docs/licences.md does not name %s", l.path)
		}
	}
}
