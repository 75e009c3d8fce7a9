package web_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"leerkring/internal/kb"
)

const secret = "vier losse woorden samen"

// withPasswords lets everyone sign in.
func (w *world) withPasswords(tb testing.TB) {
	tb.Helper()
	for _, a := range everyone() {
		_, err := w.people.SetPassword(context.Background(), kb.System(), a.Account, secret)
		must(tb, err)
	}
}

// signIn signs someone in, from where they are sent when they open a page.
func (b *browser) signIn(name, to string) {
	b.tb.Helper()
	b.open(to)
	b.fill("email", strings.ReplaceAll(strings.ToLower(name), " ", ".")+"@leerkring.example")
	b.fill("password", secret)
	b.press("Inloggen")
	if got := b.at(); !strings.HasPrefix(got, to) {
		b.tb.Fatalf("after signing in at %s, want %s: %s", got, to, ask(b, chromedp.TextContent(chromedp.CSS("main"))))
	}
}

// fill types a text in the control with a name, in the place of what stands in it.
func (b *browser) fill(name, text string) {
	b.tb.Helper()
	b.do(chromedp.SetValue(chromedp.CSS(`main [name="`+name+`"]`), text))
}

// press presses the button, or follows the link, with a text.
func (b *browser) press(label string) {
	b.tb.Helper()
	b.follow(chromedp.Click(chromedp.Search(`(//main//*[self::button or self::a][normalize-space()="` + label + `"])[last()]`)))
}

// signOut ends the session.
func (b *browser) signOut() {
	b.tb.Helper()
	b.follow(chromedp.Click(chromedp.CSS(".account form button")))
}

// work is the way of a case from an expert to a reader.
func work(b *browser) {
	t := b.tb
	b.signIn("Expert", "/nieuw/casus")
	for name, values := range whole("Warmtenet in de wijk") {
		if name != "themes" {
			b.fill(name, values[0])
		}
	}
	b.do(chromedp.Click(chromedp.CSS(`input[name="themes"][value="wonen"]`)))
	b.press("Opslaan en indienen")
	if got := b.heading(); got != "Mijn concepten" {
		t.Fatalf("after submitting: %q %s", got, ask(b, chromedp.TextContent(chromedp.CSS("main"))))
	}
	b.signOut()

	b.signIn("Redacteur", "/redactie")
	b.press("Warmtenet in de wijk")
	b.press("Wijzigingen vragen")
	b.fill("note", "Noem de wijk.")
	b.press("Wijzigingen vragen")
	b.signOut()

	b.signIn("Expert", "/mijn/concepten")
	b.press("Warmtenet in de wijk")
	if got := ask(b, chromedp.TextContent(chromedp.CSS(".asked"))); !strings.Contains(got, "Noem de wijk.") {
		t.Errorf("asked %q", got)
	}
	b.fill("title", "Warmtenet in Overvecht")
	b.press("Opslaan en indienen")
	b.signOut()

	b.signIn("Redacteur", "/redactie")
	b.press("Warmtenet in Overvecht")
	b.press("Publiceren")
	b.press("Publiceren")
	b.signOut()

	b.open("/?q=overvecht+warmtenet")
	b.press("Warmtenet in Overvecht")
	if got := b.heading(); got != "Warmtenet in Overvecht" {
		t.Errorf("the reader finds %q", got)
	}
}

func TestBrowserWork(t *testing.T) {
	w := newWorld(t)
	w.withPasswords(t)
	work(newBrowser(t, w, 1280))
}

// TestBrowserWorkWithoutScripts does the same where no page may run a script.
func TestBrowserWorkWithoutScripts(t *testing.T) {
	w := newWorld(t)
	w.withPasswords(t)
	b := newBrowser(t, w, 1280)
	_, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	must(t, err)
	work(b)
}

// TestBrowserAutosave: what is typed is kept without a button, and when someone else
// changes the record the writer is told and loses nothing.
func TestBrowserAutosave(t *testing.T) {
	w := newWorld(t)
	w.withPasswords(t)
	b := newBrowser(t, w, 1280)
	b.signIn("Expert", "/nieuw/les")
	b.hurry()
	b.typed("title", "Vanzelf bewaard")
	b.until(`document.querySelector("[data-status]").textContent.startsWith("Vanzelf opgeslagen")`)
	at := b.at()
	if !strings.HasPrefix(at, "/bewerken/") {
		t.Fatalf("the draft is at %s", at)
	}
	p := w.as(t, expert())
	if got := p.page(at).filled(p.page(at).mainForm()).Get("title"); got != "Vanzelf bewaard" {
		t.Errorf("kept %q", got)
	}
	e := w.as(t, editor())
	e.then(e.submit(e.page(at), "opslaan", map[string][]string{"title": {"Van de redactie"}}))
	b.typed("title", "Vanzelf bewaard en meer")
	b.until(`document.querySelector("[data-status]").textContent.includes("Redacteur")`)
	b.press("Concept opslaan")
	if got := ask(b, chromedp.TextContent(chromedp.CSS(".clashes"))); !strings.Contains(got, "Van de redactie") || !strings.Contains(got, "Vanzelf bewaard en meer") {
		t.Errorf("both texts: %q", got)
	}
	b.do(chromedp.Click(chromedp.CSS(`input[name="kies.title"][value="mijn"]`)))
	b.press("Concept opslaan")
	if len(ask(b, chromedp.Evaluate[string](`[...document.querySelectorAll("#fouten li")].map(e => e.textContent).join()`))) > 0 {
		t.Errorf("after choosing: %s", ask(b, chromedp.TextContent(chromedp.CSS("#fouten"))))
	}
	if got := ask(b, chromedp.Value(chromedp.CSS(`[name="title"]`))); got != "Vanzelf bewaard en meer" {
		t.Errorf("the title is %q", got)
	}
}

// typed fills a control in as someone who types fast.
func (b *browser) typed(name, text string) {
	b.tb.Helper()
	b.fill(name, text)
	b.do(chromedp.Evaluate[chromedp.Void](`document.querySelector('[name="` + name + `"]').dispatchEvent(new Event("input", {bubbles: true}))`))
}

// hurry makes the timers of the page short.
func (b *browser) hurry() {
	b.tb.Helper()
	b.do(chromedp.Evaluate[chromedp.Void](`{ const real = window.setTimeout; window.setTimeout = (f, ms) => real(f, Math.min(ms, 50)); }`))
}

// until waits until something holds on the page.
func (b *browser) until(condition string) {
	b.tb.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 20*time.Second)
	defer cancel()
	_, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`new Promise(done => { const look = () => (`+condition+`) ? done(true) : requestAnimationFrame(look); look(); })`, chromedp.EvalAwaitPromise))
	if err != nil {
		b.tb.Fatalf("%s does not come: %v: %s", condition, err, ask(b, chromedp.TextContent(chromedp.CSS("main"))))
	}
}

// shown are the pages of people that a browser looks at.
func shown() []string {
	id := string(kb.DeriveID("test", "de-casus"))
	out := []string{
		"/casus/de-casus", "/redactie/" + id, "/geschiedenis/" + id, "/geschiedenis/" + id + "?van=1&tot=1", "/actie/" + id + "/intrekken", "/bewerken/" + id,
	}
	for target := range guarded() {
		if !strings.HasSuffix(target, ".json") {
			out = append(out, target)
		}
	}
	return out
}

// TestBrowserPeoplePages holds each page of people against axe-core's rules, and
// looks whether anything needs to be scrolled sideways at 320 pixels.
func TestBrowserPeoplePages(t *testing.T) {
	script := axeSource(t)
	w := newWorld(t, circle()...)
	w.withPasswords(t)
	for _, width := range []int64{1280, 320} {
		b := newBrowser(t, w, width)
		b.open("/inloggen")
		b.axe(script, "/inloggen", width)
		b.signIn("Beheerder", "/nieuw")
		for i, target := range shown() {
			if i%2 == 1 {
				target = "/en" + target
			}
			b.open(target)
			b.axe(script, target, width)
			if got := ask(b, chromedp.Evaluate[int64](`document.documentElement.scrollWidth`)); got > width {
				t.Errorf("%s is %d pixels wide at %d", target, got, width)
			}
		}
		b.open("/nieuw/casus")
		b.fill("regions", "Nergenshuizen")
		b.press("Opslaan en indienen")
		b.axe(script, "a form with errors", width)
	}
}
