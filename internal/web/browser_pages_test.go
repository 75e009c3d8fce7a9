package web_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	domain "leerkring/internal/kb"
)

// journey searches, narrows down, opens a record, goes back and changes language.
func journey(b *browser) {
	t := b.tb
	b.open("/")
	b.follow(chromedp.SendKeys(chromedp.CSS("#q"), "kathedraal"+kb.Enter))
	if got := b.heading(); got != "45 resultaten voor kathedraal" {
		t.Errorf("after searching: %q", got)
	}
	b.do(chromedp.Click(chromedp.CSS(`input[name="provincie"][value="PV26"]`)))
	b.follow(chromedp.Click(chromedp.CSS(".apply button")))
	found := b.at()
	if !strings.Contains(found, "provincie=PV26") || !strings.Contains(found, "q=kathedraal") {
		t.Errorf("after filtering at %s", found)
	}
	b.follow(chromedp.Click(chromedp.CSS(".pages .next")))
	if got := b.at(); !strings.Contains(got, "na=") {
		t.Errorf("the second page is at %s", got)
	}
	b.do(chromedp.NavigateBack())
	b.follow(chromedp.Click(chromedp.CSS(".card-title a")))
	if got := b.at(); !strings.HasPrefix(got, "/casus/kathedraal-") {
		t.Errorf("the first hit is at %s", got)
	}
	b.do(chromedp.NavigateBack())
	if got := b.at(); got != found {
		t.Errorf("back at %s, want %s", got, found)
	}
	b.follow(chromedp.Click(chromedp.CSS(".language a")))
	if got := b.heading(); got != "45 results for kathedraal" {
		t.Errorf("in English: %q", got)
	}
	b.follow(chromedp.Click(chromedp.CSS("a.chip")))
	if got := b.at(); got != "/en/?q=kathedraal" {
		t.Errorf("without the filter at %s", got)
	}
}

func TestBrowserJourney(t *testing.T) { journey(newBrowser(t, newWorld(t, many()...), 1280)) }

// TestBrowserWithoutScripts does the same where no page may run a script.
func TestBrowserWithoutScripts(t *testing.T) {
	b := newBrowser(t, newWorld(t, many()...), 1280)
	_, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	must(t, err)
	journey(b)
}

// TestBrowserKeyboard searches and opens a hit without a mouse.
func TestBrowserKeyboard(t *testing.T) {
	b := newBrowser(t, newWorld(t, many()...), 1280)
	focus := func() string {
		return ask(b, chromedp.Evaluate[string](`(e => e.matches(':focus-visible') ? e.tagName + ' ' + (e.getAttribute('href') || e.name || e.id || e.textContent.trim()) : 'not visible: ' + e.tagName)(document.activeElement)`))
	}
	tabTo := func(want string) {
		t.Helper()
		var seen []string
		for range 60 {
			b.do(chromedp.KeyEvent(kb.Tab))
			if at := focus(); at == want {
				return
			} else if seen = append(seen, at); strings.HasPrefix(at, "not visible") {
				break
			}
		}
		t.Fatalf("tab does not come to %q but to %q", want, seen)
	}
	b.open("/")
	b.do(chromedp.KeyEvent(kb.Tab))
	if got := focus(); got != "A #inhoud" {
		t.Fatalf("the first stop is %q", got)
	}
	if left := ask(b, chromedp.Evaluate[float64](`document.activeElement.getBoundingClientRect().left`)); left < 0 {
		t.Error("the link past the menu cannot be seen when it has focus")
	}
	b.do(chromedp.KeyEvent(kb.Enter))
	tabTo("INPUT q")
	b.follow(chromedp.KeyEvent("kathedraal" + kb.Enter))
	tabTo("INPUT q")
	tabTo("SELECT sorteer")
	hit := ask(b, chromedp.Evaluate[string](`document.querySelector('.card-title a').getAttribute('href')`))
	tabTo("A " + hit)
	for range 200 {
		b.do(chromedp.KeyEvent(kb.Tab))
		if focus() == "INPUT provincie" {
			break
		}
	}
	b.do(chromedp.KeyEvent(" "))
	b.follow(chromedp.KeyEvent(kb.Enter))
	if got := b.at(); !strings.Contains(got, "provincie=") {
		t.Errorf("a filter by keyboard leads to %s", got)
	}
	tabTo("A " + hit)
	b.follow(chromedp.KeyEvent(kb.Enter))
	if got := b.at(); got != hit {
		t.Errorf("at %s, want %s", got, hit)
	}
}

// kinds are the addresses of one page of each kind.
func kinds(t *testing.T, w *world) []string {
	t.Helper()
	return []string{
		"/", "/?q=wonen+regio&thema=wonen&thema=arbeidsmarkt", "/?q=qqxxzz", "/?q=kathedraal&na=x",
		"/casus/de-casus", "/les/de-les", "/publicatie/" + w.first(t, "publicatie"), "/presentatie/" + w.first(t, "presentatie"),
		"/casus/lang", "/thema/wonen", "/regio/gemeente-utrecht", "/regio/provincie-gelderland", "/organisatie/gastheer", "/persoon/spreker",
		"/leerkring/kring", "/bijeenkomst/dag", "/themas", "/regios", "/organisaties", "/personen", "/leerkringen", "/bijeenkomsten",
		"/over", "/help/zoeken", "/bestaat-niet",
	}
}

// first gives the slug of the first material of a kind.
func (w *world) first(t *testing.T, kind string) string {
	t.Helper()
	for _, a := range w.page(t, "/?q=&type="+kind).all("a", "href", "") {
		if slug, ok := strings.CutPrefix(href(a), "/"+kind+"/"); ok {
			return slug
		}
	}
	t.Fatalf("no material of kind %s", kind)
	return ""
}

// long is a record whose words are too long for any screen.
func long() domain.Entity {
	word := strings.Repeat("Meervoudigepersoonlijkheidsstoornis", 12)
	return &domain.Case{Common: domain.Common{
		Head: published("lang"), Title: word, Summary: word, Language: "nl", Keywords: []string{word}, Licence: word,
		Body: word + "\n\n| " + word + " | b |\n|---|---|\n| 1 | " + word + " |\n\n```\n" + word + "\n```\n\n> " + word + "\n\n- " + word + "\n\nhttps://elders.example/" + word,
	}}
}

// TestBrowserNarrow: at 320 pixels nothing needs to be scrolled sideways.
func TestBrowserNarrow(t *testing.T) {
	w := newWorld(t, append(append(circle(), many()...), long())...)
	b := newBrowser(t, w, 320)
	for _, target := range kinds(t, w) {
		for _, lang := range []string{"", "/en"} {
			if target == "/bestaat-niet" {
				continue // the console tells of its status
			}
			b.open(lang + target)
			if got := ask(b, chromedp.Evaluate[int](`document.documentElement.scrollWidth`)); got > 320 {
				t.Errorf("%s is %d pixels wide: %s", lang+target, got, ask(b, chromedp.Evaluate[string](
					`[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > 320.5 && !e.classList.contains('skip')).map(e => e.tagName + '.' + e.className).slice(0, 5).join(', ')`)))
			}
		}
	}
}

// TestBrowserAxe holds one page of each kind against axe-core's rules.
func TestBrowserAxe(t *testing.T) {
	script := axeSource(t)
	w := newWorld(t, append(append(circle(), many()...), long())...)
	w.ready = false // the banner too
	w.serve(t, true)
	for _, width := range []int64{1280, 320} {
		b := newBrowser(t, w, width)
		for i, target := range kinds(t, w) {
			if target == "/bestaat-niet" {
				continue // the console tells of its status
			}
			if i%2 == 1 {
				target = "/en" + target
			}
			b.open(target)
			b.axe(script, target, width)
		}
	}
}

// axe holds the page against axe-core's rules.
func (b *browser) axe(script, name string, width int64) {
	b.tb.Helper()
	b.do(chromedp.Evaluate[chromedp.Void](script + ";undefined"))
	report := ask(b, chromedp.Evaluate[string](`axe.run({resultTypes:['violations']}).then(r => JSON.stringify(r.violations.map(v => ({id: v.id, nodes: v.nodes.map(n => n.html.slice(0, 200))}))))`, chromedp.EvalAwaitPromise))
	var violations []struct {
		ID    string
		Nodes []string
	}
	must(b.tb, json.Unmarshal([]byte(report), &violations))
	for _, v := range violations {
		b.tb.Errorf("%s at %d pixels: %s: %d times, like %s", name, width, v.ID, len(v.Nodes), v.Nodes[0])
	}
}
