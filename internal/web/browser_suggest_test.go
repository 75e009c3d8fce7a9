package web_test

import (
	"context"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"

	domain "leerkring/internal/kb"
)

// offers are the suggestions of these tests: a query, a theme and a case.
func offers() []domain.Suggestion {
	return []domain.Suggestion{
		{Kind: domain.SuggestQuery, Text: "kathedraal nummer"},
		{Kind: domain.SuggestTheme, Text: "Wonen", Entity: &domain.Theme{Head: published("wonen")}},
		{Kind: domain.SuggestMaterial, Text: "Kathedraal nummer 1", Entity: &domain.Case{Common: domain.Common{Head: published("kathedraal-01")}}},
	}
}

// combobox is what a screen reader is told of the search box.
type combobox struct {
	Role, Expanded, Focus, Value string
	Active                       string   // the text of the active option
	Selected                     []string // the options that are
	Told                         string
}

const readCombobox = `(() => {
	const q = document.getElementById('q'), list = document.getElementById(q.getAttribute('aria-controls'));
	const active = document.getElementById(q.getAttribute('aria-activedescendant') || 'none');
	return {
		Role: q.getAttribute('role') + ' ' + list.getAttribute('role'), Expanded: q.getAttribute('aria-expanded'), Focus: document.activeElement.id,
		Value: q.value, Active: active ? active.firstChild.textContent : '',
		Selected: [...list.querySelectorAll('[role=option][aria-selected=true]')].map(o => o.firstChild.textContent),
		Told: document.querySelector('form [role=status]').textContent,
	};
})()`

// typeAhead types in the search box and waits until the suggestions are there.
func (b *browser) typeAhead(keys string) {
	b.tb.Helper()
	b.do(chromedp.SendKeys(chromedp.CSS("#q"), keys))
	ask(b, chromedp.Poll[bool](`!document.querySelector('.suggestions').hidden && document.querySelectorAll('.suggestions [role=option]').length > 0`))
}

// enter presses Enter as a keyboard does: the sign comes of the key, so that a page
// which handles the key gets no sign. chromedp sends it anyway.
func enter() chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		for _, half := range []input.DispatchKeyEventParams{{Type: input.DispatchKeyEventTypeKeyDown, Text: kb.Enter}, {Type: input.DispatchKeyEventTypeKeyUp}} {
			half.Key, half.Code, half.WindowsVirtualKeyCode = "Enter", "Enter", 13
			if _, err := cdp.Call(ctx, target, input.DispatchKeyEvent, half); err != nil {
				return err
			}
		}
		return nil
	})
}

func (b *browser) wantCombobox(when string, want combobox) {
	b.tb.Helper()
	want.Role, want.Focus = "combobox listbox", "q"
	if want.Selected == nil {
		want.Selected = []string{}
	}
	if diff := cmp.Diff(want, ask(b, chromedp.Evaluate[combobox](readCombobox))); diff != "" {
		b.tb.Errorf("%s (-want +got):\n%s", when, diff)
	}
}

func suggesting(t *testing.T) *world {
	t.Helper()
	w := newWorld(t, many()...)
	w.answering(t, &scripted{suggestions: offers()})
	return w
}

// TestBrowserSuggestions walks through the suggestions with the keys that the
// WAI-ARIA Authoring Practices give to a combobox.
func TestBrowserSuggestions(t *testing.T) {
	b := newBrowser(t, suggesting(t), 1280)
	b.open("/")
	b.do(chromedp.SendKeys(chromedp.CSS("#q"), "z"))
	b.wantCombobox("after one letter", combobox{Expanded: "false", Value: "z"})
	b.typeAhead("o")
	const told = "3 suggesties. Kies met de pijltjes."
	b.wantCombobox("when the list opens", combobox{Expanded: "true", Value: "zo", Told: told})
	for _, step := range []struct{ key, active string }{
		{kb.ArrowDown, "kathedraal nummer"},
		{kb.ArrowDown, "Wonen"},
		{kb.ArrowUp, "kathedraal nummer"},
		{kb.ArrowUp, ""},
		{kb.ArrowUp, "Kathedraal nummer 1"},
		{kb.ArrowDown, ""},
		{kb.ArrowDown, "kathedraal nummer"},
	} {
		b.do(chromedp.KeyEvent(step.key))
		want := combobox{Expanded: "true", Value: "zo", Active: step.active, Told: told}
		if step.active != "" {
			want.Selected = []string{step.active}
		}
		b.wantCombobox("after an arrow to "+step.active, want)
	}
	b.do(chromedp.KeyEvent(kb.Escape))
	b.wantCombobox("after Escape", combobox{Expanded: "false", Value: "zo"})
	b.do(chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.ArrowDown))
	b.wantCombobox("opened again", combobox{Expanded: "true", Value: "zo", Active: "Wonen", Selected: []string{"Wonen"}})
	b.follow(enter())
	if got := b.at(); got != "/thema/wonen" {
		t.Errorf("Enter on a theme leads to %s", got)
	}
}

// TestBrowserSuggestedQuery: a query goes into the form, whose filters stay; in
// English, with the mouse.
func TestBrowserSuggestedQuery(t *testing.T) {
	b := newBrowser(t, suggesting(t), 320)
	b.open("/en/?q=&thema=wonen")
	b.typeAhead("zo")
	if got := ask(b, chromedp.Evaluate[int](`document.documentElement.scrollWidth`)); got > 320 {
		t.Errorf("with suggestions the page is %d pixels wide", got)
	}
	b.follow(chromedp.Click(chromedp.CSS(".suggestions li:first-child")))
	if got := b.at(); got != "/en/?q=kathedraal+nummer&sorteer=&thema=wonen&jaar_van=&jaar_tot=" {
		t.Errorf("a query leads to %s", got)
	}
	b.typeAhead(kb.End + " 7")
	b.follow(enter()) // without an active option: the form as it is
	if got := b.at(); got != "/en/?q=kathedraal+nummer+7&sorteer=&thema=wonen&jaar_van=&jaar_tot=" {
		t.Errorf("Enter in the box leads to %s", got)
	}
}

// TestBrowserSuggestionsAreOfTheLastLetter: an answer that was overtaken is cut
// off and never shown.
func TestBrowserSuggestionsAreOfTheLastLetter(t *testing.T) {
	asked, cutOff := make(chan struct{}), make(chan struct{})
	w := newWorld(t)
	w.answering(t, &scripted{suggestions: offers(), hold: func(ctx context.Context, prefix string) {
		if prefix == "wo" {
			close(asked)
			<-ctx.Done()
			close(cutOff)
		}
	}})
	b := newBrowser(t, w, 1280)
	b.open("/")
	b.do(chromedp.SendKeys(chromedp.CSS("#q"), "wo"))
	<-asked
	b.typeAhead("n")
	<-cutOff
	b.wantCombobox("after the last letter", combobox{Expanded: "true", Value: "won", Told: "3 suggesties. Kies met de pijltjes."})
	b.do(chromedp.KeyEvent(kb.Tab))
	if hidden := ask(b, chromedp.Evaluate[bool](`document.querySelector('.suggestions').hidden`)); !hidden {
		t.Error("the list stays open when the box has lost the focus")
	}
}

// TestBrowserSuggestionsAxe holds the open list against axe-core's rules.
func TestBrowserSuggestionsAxe(t *testing.T) {
	script := axeSource(t)
	w := suggesting(t)
	for _, width := range []int64{1280, 320} {
		b := newBrowser(t, w, width)
		b.open("/?q=&thema=wonen")
		b.typeAhead("zo")
		b.do(chromedp.KeyEvent(kb.ArrowDown))
		b.axe(script, "the open list", width)
	}
}
