package httpd

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"strings"
	"unicode/utf8"

	"leerkring/internal/kb"
)

// MinEditorToken is how many characters an editor's token has at least.
const MinEditorToken = 20

func checkEditorToken(token string) error {
	if token == "" || utf8.RuneCountInString(token) >= MinEditorToken {
		return nil
	}
	return kb.Errorf(kb.Invalid, kb.Text{
		NL: "Het geheim van de redactie (--editor-token, LEERKRING_EDITOR_TOKEN) is te kort: neem ten minste %d tekens, bijvoorbeeld van: openssl rand -hex 20",
		EN: "The secret of the editors (--editor-token, LEERKRING_EDITOR_TOKEN) is too short: take at least %d characters, for example from: openssl rand -hex 20",
	}, MinEditorToken)
}

// authenticate finds out who is asking: who shows the token is an editor, who
// shows another is refused, and who shows none is a visitor.
func authenticate(token string, next http.Handler) http.Handler {
	want := sha256.Sum256([]byte(token))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Authorization")
		scheme, shown, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		if !strings.EqualFold(scheme, "Bearer") {
			next.ServeHTTP(w, r)
			return
		}
		got := sha256.Sum256([]byte(strings.TrimSpace(shown))) // equal lengths, so that time tells nothing
		if token == "" || subtle.ConstantTimeCompare(got[:], want[:]) == 0 {
			unauthenticated(w)
			return
		}
		next.ServeHTTP(w, r.WithContext(kb.WithActor(r.Context(), kb.Actor{Role: kb.RoleEditor})))
	})
}

// unauthenticated answers in the form of GraphQL, since that is who asks.
func unauthenticated(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("WWW-Authenticate", "Bearer")
	w.WriteHeader(http.StatusUnauthorized)
	message := kb.Text{NL: "Het token klopt niet.", EN: "The token is not valid."}
	_ = json.NewEncoder(w).Encode(map[string]any{"errors": []any{map[string]any{ // a client that is gone needs no answer
		"message": message.NL + " " + message.EN, "extensions": map[string]any{"code": kb.Unauthenticated},
	}}})
}
