package web_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestBrowserFiles: the script sends several files with their progress and shows them
// in the list without another page; the pages of files keep to axe-core's rules.
func TestBrowserFiles(t *testing.T) {
	w := newWorld(t, talk())
	w.withPasswords(t)
	b := newBrowser(t, w, 1280)
	at := "/bewerken/" + string(talk().ID) + "/bestanden"
	b.signIn("Expert", at)
	var paths []string
	for _, name := range []string{"een.pptx", "twee.pptx"} {
		path := filepath.Join(t.TempDir(), name)
		must(t, os.WriteFile(path, []byte(strings.Repeat(name, 100_000)), 0o600))
		paths = append(paths, path)
	}
	b.do(chromedp.SetUploadFiles(chromedp.CSS(`input[name="bestand"]`), paths))
	b.do(chromedp.Click(chromedp.CSS(`form[data-upload] button`)))
	b.until(`document.querySelectorAll("#bestanden-lijst li").length === 2`)
	if got := b.at(); !strings.HasPrefix(got, at) {
		t.Errorf("the page is %s", got)
	}
	w.read(t)
	script := axeSource(t)
	b.open(at)
	work := ask(b, chromedp.Evaluate[string](`document.querySelector("#bestanden-lijst a").getAttribute("href")`))
	leaf := "/bestand/" + work[strings.LastIndexByte(work, '/')+1:]
	for _, target := range []string{at, work, "/en" + work, leaf, leaf + "/2", "/bewerken/" + string(talk().ID)} {
		b.open(target)
		b.axe(script, target, 1280)
	}
}
