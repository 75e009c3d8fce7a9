// Package auth is the edge at which a request gets its actor: passwords are hashed
// here, cookies and bearer tokens are read, and the sign-ins of organisations
// (OpenID Connect) are spoken with. Who may do what is decided in kb.
//
// The invariant that a newcomer must know: a proof of identity counts only where its
// owner sent it. A bearer token that is not good is refused; a cookie counts only for
// requests that our own pages made, and one that is not good is nobody.
package auth
