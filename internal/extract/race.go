//go:build race

package extract

// instrumented is by how much the race detector enlarges what a child needs of memory and
// time: it takes five to ten times as much, of what is not compiled code of PDFium.
// https://go.dev/doc/articles/race_detector#Runtime_Overheads
const instrumented = 5
