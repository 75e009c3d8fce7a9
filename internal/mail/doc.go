// Package mail hands letters to a mail server by SMTP (RFC 5321).
//
// The invariant that a newcomer must know: the byte that makes the server take a
// letter goes out only after the claim on it. Until then every failure, also that of
// this process, leaves the server with half a letter, which it drops; after it a
// failure without an answer is told as one that nobody knows the outcome of.
package mail
