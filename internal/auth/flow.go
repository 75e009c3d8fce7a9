package auth

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"golang.org/x/oauth2"
)

// flowLasts is how long signing in at an organisation may take.
const flowLasts = 10 * time.Minute

// flow is what a browser remembers while it is at a provider. It is in a cookie of
// its own, so that an answer counts only in the browser that asked, and once.
type flow struct {
	Provider string `json:"p"`
	State    string `json:"s"`
	Nonce    string `json:"n"`
	// Verifier is that of PKCE (RFC 7636).
	Verifier string `json:"v"`
	// To is the page of ours to go to afterwards.
	To       string `json:"t"`
	Language string `json:"l"`
}

func newFlow(provider, to, language string) flow {
	return flow{
		Provider: provider, State: rand.Text(), Nonce: rand.Text(), Verifier: oauth2.GenerateVerifier(),
		To: localPath(to), Language: language,
	}
}

// localPath gives a path on this site, and the front page for whatever might lead elsewhere.
func localPath(to string) string {
	if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n\t") {
		return "/"
	}
	return to
}

func (g *Gate) remember(w http.ResponseWriter, f flow) error {
	text, err := json.Marshal(f)
	if err != nil {
		return err
	}
	g.set(w, flowCookie, base64.RawURLEncoding.EncodeToString(text), flowLasts, http.SameSiteLaxMode)
	return nil
}

// recall gives what the browser remembers, and takes it away.
func (g *Gate) recall(w http.ResponseWriter, r *http.Request) (flow, bool) {
	value := g.cookie(r, flowCookie)
	g.set(w, flowCookie, "", -time.Second, http.SameSiteLaxMode)
	return parseFlow(value)
}

func parseFlow(value string) (f flow, ok bool) {
	text, err := base64.RawURLEncoding.DecodeString(value)
	if err != nil || json.Unmarshal(text, &f) != nil {
		return flow{}, false
	}
	f.To = localPath(f.To)
	return f, f.State != "" && f.Nonce != "" && f.Verifier != ""
}
