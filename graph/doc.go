// Package graph serves the knowledge base over GraphQL; it is the only package
// that knows gqlgen.
//
// The invariant that a newcomer must know: resolvers translate and nothing more.
// What a reader may see is decided in kb.Library, and every request passes the
// limits in limits.go before any of its document is validated or executed.
package graph

//go:generate go tool gqlgen generate
//go:generate go run ./internal/inorder internal/exec/exec_gen.go
