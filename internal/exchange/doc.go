// Package exchange reads collections that others made (JSON Lines and CSV,
// also compressed) into the knowledge base, and writes and reads back exports
// of a whole store.
//
// The invariant that a newcomer must know: what is read here is untrusted and
// may be of any size. Of its text nothing is held in memory beyond one line (at
// most MaxLine) and a few batches; of every line before, only 24 bytes that tell
// repeated ids. Every line is answered for by its number, and a bad line never
// stops the rest unless that was asked for.
package exchange
