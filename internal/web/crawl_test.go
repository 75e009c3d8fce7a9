package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestEveryPageIsSound follows every link from both start pages: no link is
// broken, and every page holds to what makes it accessible. Of the search pages,
// which have no end, only those that other pages lead to are visited, and of the
// municipalities only those with an A.
func TestEveryPageIsSound(t *testing.T) {
	w := newWorld(t)
	seen := map[string]bool{"/": true, "/en/": true}
	queue := []string{"/", "/en/"}
	for i := 0; i < len(queue); i++ {
		at := queue[i]
		d := w.page(t, at)
		checkSound(t, at, d)
		isSearch := strings.Contains(at, "?")
		for _, a := range d.all("a", "href", "") {
			to := href(a)
			if strings.HasPrefix(to, "#") {
				if len(d.all("", "id", to[1:])) != 1 {
					t.Errorf("%s: nothing is called %s", at, to)
				}
				continue
			}
			if !strings.HasPrefix(to, "/") {
				checkExternal(t, at, a)
				continue
			}
			municipality, is := strings.CutPrefix(strings.TrimPrefix(to, "/en"), "/regio/gemeente-")
			if is && !strings.HasPrefix(municipality, "a") {
				continue
			}
			if page, fragment, ok := strings.Cut(to, "#"); ok {
				if to = page; len(w.page(t, page).all("", "id", fragment)) != 1 {
					t.Errorf("%s: nothing is called %s on %s", at, fragment, page)
				}
			}
			if !seen[to] && (!isSearch || !strings.Contains(to, "?")) {
				seen[to] = true
				queue = append(queue, to)
			}
		}
	}
	if len(queue) < 500 {
		t.Errorf("only %d pages were found", len(queue))
	}
}

// checkExternal holds links to other sites to what they must say.
func checkExternal(t *testing.T, at string, a *html.Node) {
	t.Helper()
	to := href(a)
	if !strings.HasPrefix(to, "https://") && !strings.HasPrefix(to, "http://") && !strings.HasPrefix(to, "mailto:") {
		t.Errorf("%s: link to %q", at, to)
	}
	if rel, _ := attr(a, "rel"); rel != "nofollow noopener noreferrer" {
		t.Errorf("%s: link to %s has rel %q", at, to, rel)
	}
}

// checkSound checks what every page must have.
func checkSound(t *testing.T, at string, d document) {
	t.Helper()
	lang := "nl"
	if strings.HasPrefix(at, "/en/") {
		lang = "en"
	}
	if got, _ := attr(d.one("html", "", ""), "lang"); got != lang {
		t.Errorf("%s: lang %q", at, got)
	}
	if title := text(d.one("title", "", "")); !strings.HasSuffix(title, " – Leerkring") || strings.HasPrefix(title, " ") {
		t.Errorf("%s: title %q", at, title)
	}
	last := 0
	for i, level := range headings(d) {
		if (i == 0) != (level == 1) || level > last+1 {
			t.Errorf("%s: headings %v", at, headings(d))
			break
		}
		last = level
	}
	for _, landmark := range []string{"main", "header", "footer"} {
		if len(d.all(landmark, "", "")) == 0 {
			t.Errorf("%s: no <%s>", at, landmark)
		}
	}
	if first := d.all("a", "", "")[0]; href(first) != "#inhoud" {
		t.Errorf("%s: the first link is %s, not past the menu", at, href(first))
	}
	checkNames(t, at, d)
	checkOwn(t, at, d)
	switchTo := href(d.one("nav", "class", "language").FirstChild)
	if strings.HasPrefix(switchTo, "/en/") == (lang == "en") || !sameAddress(strings.TrimPrefix(at, "/en"), strings.TrimPrefix(switchTo, "/en")) {
		t.Errorf("%s: the other language is at %s", at, switchTo)
	}
}

// sameAddress compares addresses but for the order and spelling of parameters.
func sameAddress(a, b string) bool {
	x, errX := url.Parse(a)
	y, errY := url.Parse(b)
	return errX == nil && errY == nil && x.Path == y.Path && x.Query().Encode() == y.Query().Encode()
}

// checkNames: controls have labels, links have words, ids are unique.
func checkNames(t *testing.T, at string, d document) {
	t.Helper()
	labelled, ids := map[string]bool{}, map[string]bool{}
	for _, l := range d.all("label", "for", "") {
		of, _ := attr(l, "for")
		labelled[of] = true
	}
	for _, n := range d.all("", "id", "") {
		id, _ := attr(n, "id")
		if ids[id] {
			t.Errorf("%s: id %s twice", at, id)
		}
		ids[id] = true
	}
	for _, n := range append(d.all("input", "", ""), d.all("select", "", "")...) {
		id, _ := attr(n, "id")
		kind, _ := attr(n, "type")
		if kind != "hidden" && !labelled[id] && n.Parent.Data != "label" {
			t.Errorf("%s: a control without a label", at)
		}
	}
	for _, n := range append(d.all("a", "", ""), d.all("button", "", "")...) {
		if text(n) == "" {
			t.Errorf("%s: a link or button without words", at)
		}
	}
}

// checkOwn: the page loads nothing but our own files, and nothing runs in it but
// the script of the search box.
func checkOwn(t testing.TB, at string, d document) {
	t.Helper()
	for n := range d.root.Descendants() {
		for _, a := range n.Attr {
			switch {
			case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "srcdoc":
				t.Errorf("%s: attribute %s", at, a.Key)
			case a.Key == "src", n.Data == "link" && a.Key == "href", a.Key == "action":
				if !strings.HasPrefix(a.Val, "/") || strings.HasPrefix(a.Val, "//") {
					t.Errorf("%s: loads %s", at, a.Val)
				}
			}
		}
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "script":
			src, _ := attr(n, "src")
			if !regexp.MustCompile(`^/static/(?:suggest|autosave|upload)\.[0-9a-f]{12}\.js$`).MatchString(src) || n.FirstChild != nil {
				t.Errorf("%s: script %q", at, src)
			}
		case "img":
			src, _ := attr(n, "src")
			if _, told := attr(n, "alt"); !told || !strings.HasPrefix(src, "/files/") {
				t.Errorf("%s: picture %q", at, src)
			}
		case "style", "iframe", "object", "embed":
			t.Errorf("%s: element %s", at, n.Data)
		}
	}
}

func TestOurFilesAreKeptByTheBrowser(t *testing.T) {
	w := newWorld(t)
	sheet := href(w.page(t, "/").one("link", "rel", "stylesheet"))
	if !regexp.MustCompile(`^/static/style\.[0-9a-f]{12}\.css$`).MatchString(sheet) {
		t.Errorf("style sheet at %s", sheet)
	}
	d := get(t, w.handler, sheet)
	if got := d.header.Get("Cache-Control"); d.status != http.StatusOK || !strings.Contains(got, "immutable") {
		t.Errorf("style sheet: status %d, Cache-Control %q", d.status, got)
	}
	if got := d.header.Get("Content-Type"); got != "text/css; charset=utf-8" {
		t.Errorf("style sheet is %q", got)
	}
	if strings.Contains(d.raw, "http") && strings.Contains(d.raw, "url(") {
		t.Error("the style sheet loads from elsewhere")
	}
	for _, other := range []string{"/favicon.ico", "/robots.txt", href(w.page(t, "/").one("link", "rel", "icon"))} {
		if d := get(t, w.handler, other); d.status != http.StatusOK || d.raw == "" {
			t.Errorf("%s: status %d", other, d.status)
		}
	}
	if d := get(t, w.handler, "/static/style.css"); d.status != http.StatusNotFound {
		t.Errorf("a file without its hash: status %d", d.status)
	}
}

func TestAPageThatDidNotChangeIsNotSentAgain(t *testing.T) {
	w := newWorld(t)
	first := w.page(t, "/themas")
	r := request(http.MethodGet, "/themas")
	r.Header.Set("If-None-Match", first.header.Get("ETag"))
	if again := send(t, w.handler, r); again.status != http.StatusNotModified || again.raw != "" {
		t.Errorf("status %d with %d bytes", again.status, len(again.raw))
	}
	r = request(http.MethodGet, "/en/themas")
	r.Header.Set("If-None-Match", first.header.Get("ETag"))
	if other := send(t, w.handler, r); other.status != http.StatusOK {
		t.Errorf("another page with the same tag: status %d", other.status)
	}
	if got := first.header.Get("Cache-Control"); got != "no-cache" {
		t.Errorf("Cache-Control %q", got)
	}
}
