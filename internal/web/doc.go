// Package web serves the pages of Leerkring: HTML made on the server, in Dutch at
// "/" and in English under "/en/".
//
// The invariant: everything a page shows comes from the GraphQL operations in
// package operations, executed in the process as the reader of the request. So a
// page can never show what an outside client may not read. All state of a page is
// in its address; nothing needs a script, and nothing comes from another site.
// The one script, of the search box, only adds suggestions.
package web

//go:generate go tool genqlient genqlient.yaml
