// Package text reads texts without a package around them: HTML, Markdown, plain text
// and CSV.
//
// The invariant that a newcomer must know: whatever the bytes are, the text that comes
// out is valid UTF-8 without control characters, and HTML is read token by token, never
// as a tree, so that no nesting is too deep.
package text
