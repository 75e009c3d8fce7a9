package kb

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
)

// Mark gives the text by which a browser is known again as one from which an
// account has signed in. It is good until the password changes.
//
// It is a random text with a MAC (RFC 2104) over it, made with what is stored of the
// password, so that nothing has to be kept of it.
func (a *Accounts) Mark(ctx context.Context, account ID) (string, error) {
	x, err := a.byID(ctx, account)
	if err != nil || x[account] == nil || x[account].Password == "" {
		return "", err
	}
	nonce := newSecret()[:26]
	return nonce + x[account].mark(nonce), nil
}

func (a *Account) mark(nonce string) string {
	mac := hmac.New(sha256.New, []byte(a.Password))
	_, _ = mac.Write([]byte("device " + nonce + " of " + string(a.ID)))
	return hex.EncodeToString(mac.Sum(nil))
}

// marked reports whether a text is a mark of this account.
func (a *Account) marked(device string) bool {
	const nonce = 26
	return len(device) > nonce && a.Password != "" && hmac.Equal([]byte(device[nonce:]), []byte(a.mark(device[:nonce])))
}
