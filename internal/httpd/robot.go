package httpd

import (
	"net/http"
	"strings"

	"leerkring/internal/kb"
)

// countPeople keeps out of the statistics what nobody reads: the visits of programs
// that go through everything, and pages that a browser fetches before they are opened.
func countPeople(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if unread(r) {
			r = r.WithContext(kb.Uncounted(r.Context()))
		}
		next.ServeHTTP(w, r)
	})
}

// unread reports whether nobody reads the answer to a request. Crawlers tell what they
// are in User-Agent, or tell nothing; browsers tell in Sec-Purpose (Fetch, §3.1) or
// Purpose what they fetch ahead.
func unread(r *http.Request) bool {
	ahead := r.Header.Get("Sec-Purpose") + r.Header.Get("Purpose")
	if r.Method == http.MethodHead || strings.Contains(ahead, "prefetch") {
		return true
	}
	agent := strings.ToLower(r.UserAgent())
	for _, sign := range []string{"bot", "crawl", "spider", "slurp", "archiver", "facebookexternalhit", "preview", "monitor", "lighthouse"} {
		if strings.Contains(agent, sign) {
			return true
		}
	}
	return agent == ""
}
