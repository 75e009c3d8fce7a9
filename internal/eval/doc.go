// Package eval measures search on judged sets: which records a query should
// find, and how well it does.
//
// The invariant that a newcomer must know: a set is searched with the documents,
// analysis and ranking of production and nothing else, and whatever changes its
// queries on the way (typing errors, compounds written apart, plurals) works by
// rules and lists of its own, never by those of the search that is measured.
package eval
