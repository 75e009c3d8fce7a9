// Package operations holds the GraphQL operations of the pages and the typed Go
// that genqlient makes of them. The .graphql files are the source: change them,
// and run go generate ./internal/web.
package operations
