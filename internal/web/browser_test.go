package web_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browser is a real browser before the pages.
type browser struct {
	tb  testing.TB
	ctx context.Context
	url string
}

// newBrowser opens a browser on a world. When the test ends, it fails for every
// request to elsewhere and everything that the console complained of.
func newBrowser(t *testing.T, w *world, width int64) *browser {
	t.Helper()
	program := findBrowser(t)
	server := httptest.NewServer(w.handler)
	t.Cleanup(server.Close)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	ctx, stop := chromedp.NewExecAllocator(ctx, append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-back-forward-cache", true), chromedp.Flag("disable-component-update", true),
	)...)
	t.Cleanup(stop)
	ctx, closeTab := chromedp.NewContext(ctx)
	t.Cleanup(closeTab)
	complaints := &complaints{own: server.URL}
	b := &browser{t, ctx, server.URL}
	must(t, chromedp.Listen(ctx, complaints.hear))
	_, err := chromedp.Call(ctx, network.Enable, network.EnableParams{})
	must(t, err)
	b.do(chromedp.EmulateViewport(width, 800))
	t.Cleanup(func() {
		for _, c := range complaints.all() {
			t.Error(c)
		}
	})
	return b
}

// findBrowser gives the path of a Chromium, or skips.
func findBrowser(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	missing(t, "no Chromium is installed")
	return ""
}

// axeSource gives the script of axe-core, or skips.
func axeSource(t *testing.T) string {
	t.Helper()
	path := os.Getenv("LEERKRING_AXE")
	if path == "" {
		missing(t, "LEERKRING_AXE does not name axe.min.js (make tools fetches it)")
	}
	script, err := os.ReadFile(path)
	must(t, err)
	return string(script)
}

// missing skips a test that lacks a tool, or fails it where tools are required.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("LEERKRING_REQUIRE_TOOLS") == "1" {
		t.Fatal(what)
	}
	t.Skip(what)
}

// complaints gathers what a page may not do.
type complaints struct {
	own string

	mu   sync.Mutex
	list []string
}

// hear is called by the browser's own goroutine.
func (c *complaints) hear(event any) {
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if !strings.HasPrefix(e.Request.URL, c.own+"/") && !strings.HasPrefix(e.Request.URL, "data:") { // the browser draws its own controls with data
			c.add("request to " + e.Request.URL)
		}
	case *log.EventEntryAdded:
		if strings.Contains(e.Entry.Text, "status of 422") {
			return // a form that is shown again, with what is wrong
		}
		c.add("browser log: " + e.Entry.Text + " " + e.Entry.URL)
	case *runtime.EventExceptionThrown:
		c.add("exception: " + e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		c.add(fmt.Sprintf("console: %s", e.Type))
	}
}

func (c *complaints) add(text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.list = append(c.list, text)
}

func (c *complaints) all() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.list
}

func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.tb.Helper()
	must(b.tb, chromedp.Do(b.ctx, steps...))
}

// open shows a page.
func (b *browser) open(target string) {
	b.tb.Helper()
	b.do(chromedp.Navigate(b.url + target))
}

// follow does what leads to another page, and waits until that one is there.
func (b *browser) follow(step chromedp.Action[chromedp.Void]) {
	b.tb.Helper()
	_, err := chromedp.RunResponse(b.ctx, step)
	must(b.tb, err)
}

// at is the address of the page, without the host.
func (b *browser) at() string {
	b.tb.Helper()
	return strings.TrimPrefix(ask(b, chromedp.Location()), b.url)
}

// heading is the heading of the page.
func (b *browser) heading() string {
	b.tb.Helper()
	return strings.Join(strings.Fields(ask(b, chromedp.TextContent(chromedp.CSS("h1")))), " ")
}

// ask does something that has an answer.
func ask[T any](b *browser, a chromedp.Action[T]) T {
	b.tb.Helper()
	v, err := chromedp.Run(b.ctx, a)
	must(b.tb, err)
	return v
}
