//go:build !race

package extract

// instrumented is by how much the race detector enlarges what a child needs: not at all,
// since this is a build without it.
const instrumented = 1
