// Package web serves the pages of Leerkring: HTML made on the server, in Dutch at
// "/" and in English under "/en/".
//
// The invariant: everything a page shows comes from the GraphQL operations in
// package operations, executed in the process as the reader of the request. So a
// page can never show what an outside client may not read. All state of a page is
// in its address; nothing needs a script, and nothing comes from another site.
// The two scripts only add: suggestions in the search box, and saving by itself.
//
// What people write goes through tables of fields (field.go, form_material.go,
// form_nouns.go): one table shows a form, fills it, and reads it. A form that cannot
// be kept is shown again with all that was typed; one that was kept leads on to
// another page (Post/Redirect/Get).
package web

//go:generate go tool genqlient genqlient.yaml
