//go:build !race

package app_test

// some gives all records: without the race detector there is time for the whole matrix.
func (*matrix) some(all []*specimen) []*specimen { return all }
