package main

import (
	"context"
	"strings"

	"leerkring/internal/kb"
)

type tokenCommand struct {
	List   tokenList   `cmd:"" help:"${token_list}"`
	Add    tokenAdd    `cmd:"" help:"${token_add}"`
	Revoke tokenRevoke `cmd:"" help:"${token_revoke}"`
}

type tokenList struct{ where }

// Run prints a line for each token: id, how it begins, scopes, last day, whose, name.
func (c *tokenList) Run(ctx context.Context, t *terminal) error {
	return c.keep(ctx, t, "", func(people *kb.Accounts) error {
		all, err := people.EveryToken(ctx, kb.System())
		if err != nil {
			return err
		}
		ids := make([]kb.ID, len(all))
		for i, token := range all {
			ids[i] = token.Account
		}
		names, err := people.Names(ctx, ids)
		for _, token := range all {
			scopes := make([]string, len(token.Scopes))
			for i, s := range token.Scopes {
				scopes[i] = string(s)
			}
			t.line(string(token.ID), token.Hint+"…", strings.Join(scopes, ","), day(token.ExpiresAt), names[token.Account], token.Name)
		}
		return err
	})
}

type tokenAdd struct {
	where
	who
	Name  string   `help:"${token_name}" required:""`
	Scope []string `help:"${scope}" enum:"READ,WRITE,REVIEW,ADMIN" default:"READ"`
	Days  int      `help:"${days}" default:"90"`
}

// Run prints the token.
func (c *tokenAdd) Run(ctx context.Context, t *terminal) error {
	return c.keep(ctx, t, "", func(people *kb.Accounts) error {
		x, err := c.find(ctx, people)
		if err != nil {
			return err
		}
		scopes := make([]kb.Scope, len(c.Scope))
		for i, s := range c.Scope {
			scopes[i] = kb.Scope(s)
		}
		secret, _, _, err := people.CreateToken(ctx, kb.System(), kb.TokenRequest{Account: x.ID, Name: c.Name, Scopes: scopes, Days: c.Days})
		if err == nil {
			t.line(secret)
		}
		return err
	})
}

type tokenRevoke struct {
	where
	ID string `arg:"" name:"id" help:"${token_id}"`
}

// Run ends a token.
func (c *tokenRevoke) Run(ctx context.Context, t *terminal) error {
	return c.keep(ctx, t, "", func(people *kb.Accounts) error {
		_, err := people.RevokeToken(ctx, kb.System(), kb.ID(c.ID))
		return err
	})
}
