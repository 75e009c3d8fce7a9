// Package search is the index of Leerkring over bleve's scorch: it keeps a
// document for every half of a record, ranks, filters, sorts and counts.
//
// The invariant: what the actor may read is part of every query, before anything
// is counted, so no total, facet, cursor or score can tell of more. Searches run
// on a view, an unchanging snapshot of the index with its columns, and a cursor
// keeps its view for a while, so that paging neither repeats nor misses a record.
package search
