// Package archtest holds the rules of this repository that a compiler cannot
// check, as tests: who may import whom, who owns which library, sizes, comments,
// state, words and what a browser loads.
//
// The invariant that a newcomer must know: a rule is a function from a tree of
// files to complaints, tried twice: on small trees that break it, where it must
// complain, and on this repository, where it must not. A new import edge, library
// or exception changes a table here, in the same commit and with the reason.
package archtest
