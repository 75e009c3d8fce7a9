package httpd

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"leerkring/internal/kb"
)

// TestOnlyPeopleAreCounted: a page is counted for who reads it in a browser or an app.
func TestOnlyPeopleAreCounted(t *testing.T) {
	const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
	for _, c := range []struct {
		name, method string
		header       map[string]string
		want         int
	}{
		{"a browser", "GET", map[string]string{"User-Agent": firefox}, 1},
		{"an app", "POST", map[string]string{"User-Agent": "intranet/2.1"}, 1},
		{"a crawler", "GET", map[string]string{"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"}, 0},
		{"another crawler", "GET", map[string]string{"User-Agent": "Mozilla/5.0 (compatible; Yahoo! Slurp)"}, 0},
		{"a link shown in a chat", "GET", map[string]string{"User-Agent": "facebookexternalhit/1.1"}, 0},
		{"who tells nothing", "GET", map[string]string{"User-Agent": ""}, 0},
		{"a page fetched ahead", "GET", map[string]string{"User-Agent": firefox, "Sec-Purpose": "prefetch;prerender"}, 0},
		{"a page fetched ahead, in older browsers", "GET", map[string]string{"User-Agent": firefox, "Purpose": "prefetch"}, 0},
		{"a check of a link", "HEAD", map[string]string{"User-Agent": firefox}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			counted := 0
			counting := kb.NewCounting(nil, nil, func() time.Time { counted++; return time.Unix(0, 0) }, "")
			page := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { counting.Search(r.Context(), "wonen", 1) })
			r := httptest.NewRequest(c.method, "/", nil)
			for name, value := range c.header {
				r.Header.Set(name, value)
			}
			countPeople(page).ServeHTTP(httptest.NewRecorder(), r)
			if counted != c.want {
				t.Errorf("counted %d times, want %d", counted, c.want)
			}
		})
	}
}
