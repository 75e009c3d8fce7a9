package archtest

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"testing"
)

// Everything that a browser loads is served by the program itself. A plain link
// may lead elsewhere: a browser follows it only when its reader says so.
var (
	tag      = regexp.MustCompile(`(?is)<([a-z][a-z0-9-]*)\b[^>]*`)
	loads    = regexp.MustCompile(`(?i)\b(?:src|srcset|href|action|formaction|data|poster|background|ping)\s*=\s*["']?\s*(?:https?:)?//`)
	cssLoads = regexp.MustCompile(`(?i)(?:url\(\s*["']?\s*|@import\s+["'])(?:https?:)?//`)
	jsLoads  = regexp.MustCompile(`(?i)["'\x60](?:https?|wss?)?:?//[a-z0-9]`)
)

func TestNothingIsLoadedFromElsewhere(t *testing.T) {
	found := 0
	err := fs.WalkDir(os.DirFS("../.."), "internal/web", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path.Join("../..", name))
		if err != nil {
			return err
		}
		if path.Ext(name) == ".html" || path.Ext(name) == ".css" {
			found++
		}
		must(t, checkLoads(name, string(text)))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found == 0 {
		t.Error("there are no templates and no styles: nothing was looked at")
	}
}

func TestLoadsComplain(t *testing.T) {
	for _, c := range []struct {
		name, text string
		bad        bool
	}{
		{"x.html", `<script src="https://x.nl/x.js"></script>`, true},
		{"x.html", `<link rel="stylesheet" href="//x.nl/x.css">`, true},
		{"x.html", "<img alt=\"\"\n src='http://x.nl/x.png'>", true},
		{"x.html", `<form action="https://x.nl/">`, true},
		{"x.html", `<div style="background: url(https://x.nl/x.png)">`, true},
		{"x.html", `<a href="https://x.nl/">elders</a> <img src="/static/x.png">`, false},
		{"x.html", `<svg xmlns="http://www.w3.org/2000/svg"><link href="/static/x.css">`, false},
		{"x.css", `@font-face { src: url("https://x.nl/x.woff2") }`, true},
		{"x.css", `@import "//x.nl/x.css";`, true},
		{"x.css", `.x { background: url(/static/x.png) } /* https://x.nl/ */`, false},
		{"x.js", `fetch("https://x.nl/")`, true},
		{"x.js", `fetch("/graphql") // as x.nl does`, false},
		{"x.svg", `<image href="https://x.nl/x.png"/>`, true},
		{"x.go", `var x = "https://x.nl/"`, false},
	} {
		if got := checkLoads(c.name, c.text); (len(got) > 0) != c.bad {
			t.Errorf("%s %q: %q", c.name, c.text, got)
		}
	}
}

func checkLoads(name, text string) []string {
	var out []string
	complain := func(found ...string) {
		for _, f := range found {
			out = append(out, fmt.Sprintf("%s loads from another site: %s", name, f))
		}
	}
	switch path.Ext(name) {
	case ".html", ".svg":
		for _, m := range tag.FindAllStringSubmatch(text, -1) {
			if m[1] != "a" && loads.MatchString(m[0]) {
				complain(m[0])
			}
		}
		complain(cssLoads.FindAllString(text, -1)...)
	case ".css":
		complain(cssLoads.FindAllString(text, -1)...)
	case ".js":
		complain(jsLoads.FindAllString(text, -1)...)
	}
	return out
}
