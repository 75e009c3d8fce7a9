package main

import (
	"bufio"
	"context"
	"io"
	"os"
	"strings"

	"leerkring/internal/kb"
)

type userCommand struct {
	List     userList     `cmd:"" help:"${user_list}"`
	Add      userAdd      `cmd:"" help:"${user_add}"`
	Link     userLink     `cmd:"" help:"${user_link}"`
	Disable  userDisable  `cmd:"" help:"${user_disable}"`
	Enable   userEnable   `cmd:"" help:"${user_enable}"`
	Password userPassword `cmd:"" help:"${user_password}"`
}

type userList struct{ where }

// Run prints a line for each account: address, role, state, name, id.
func (c *userList) Run(ctx context.Context, t *terminal) error {
	return c.keep(ctx, t, "", func(people *kb.Accounts) error {
		all, err := people.Everyone(ctx, kb.System())
		for _, x := range all {
			t.line(x.Email, string(x.Role), t.text(stateOf(x)), x.Name, string(x.ID))
		}
		return err
	})
}

func stateOf(x *kb.Account) kb.Text {
	switch {
	case x.Left:
		return kb.Text{NL: "vertrokken", EN: "left"}
	case x.Disabled:
		return kb.Text{NL: "uitgeschakeld", EN: "disabled"}
	case x.App:
		return kb.Text{NL: "programma", EN: "program"}
	case x.ConfirmedAt == nil:
		return kb.Text{NL: "uitgenodigd", EN: "invited"}
	}
	return kb.Text{NL: "actief", EN: "active"}
}

// site says where links lead to.
type site struct {
	BaseURL string `help:"${base_url}" env:"LEERKRING_BASE_URL" default:"http://127.0.0.1:8080" placeholder:"URL"`
}

func (s site) base() string { return strings.TrimSuffix(s.BaseURL, "/") }

type userAdd struct {
	where
	site
	Email string `arg:"" help:"${email}"`
	Name  string `help:"${person_name}"`
	Role  string `help:"${role_name}" enum:"VISITOR,MEMBER,EXPERT,EDITOR,ADMIN" default:"MEMBER"`
	App   bool   `help:"${app}"`
}

// Run prints the link of the invitation, or the id of a program.
func (c *userAdd) Run(ctx context.Context, t *terminal) error {
	return c.keep(ctx, t, c.base(), func(people *kb.Accounts) error {
		if c.App {
			x, _, err := people.CreateApp(ctx, kb.System(), c.Email, kb.Role(c.Role), nil)
			if err == nil {
				t.line(string(x.ID))
			}
			return err
		}
		name := c.Name
		if name == "" {
			name, _, _ = strings.Cut(c.Email, "@")
		}
		_, link, _, err := people.Invite(ctx, kb.System(), kb.Invitation{Name: name, Email: c.Email, Role: kb.Role(c.Role), Language: t.lang})
		if err == nil {
			t.line(link)
		}
		return err
	})
}

type userLink struct {
	where
	site
	who
}

// Run prints the link.
func (c *userLink) Run(ctx context.Context, t *terminal) error {
	return c.keep(ctx, t, c.base(), func(people *kb.Accounts) error {
		x, err := c.find(ctx, people)
		if err != nil {
			return err
		}
		_, link, _, err := people.InviteAgain(ctx, kb.System(), x.ID)
		if err == nil {
			t.line(link)
		}
		return err
	})
}

type userDisable struct {
	where
	who
}

// Run also disables the last admin: the next start of the server lets one be made.
func (c *userDisable) Run(ctx context.Context, t *terminal) error {
	return c.keep(ctx, t, "", func(people *kb.Accounts) error {
		x, err := c.find(ctx, people)
		if err == nil {
			_, _, err = people.Disable(ctx, kb.System(), x.ID, 0)
		}
		return err
	})
}

type userEnable struct {
	where
	who
}

// Run enables.
func (c *userEnable) Run(ctx context.Context, t *terminal) error {
	return c.keep(ctx, t, "", func(people *kb.Accounts) error {
		x, err := c.find(ctx, people)
		if err == nil {
			_, _, err = people.Enable(ctx, kb.System(), x.ID, 0)
		}
		return err
	})
}

type userPassword struct {
	where
	who
}

// Run reads the password from standard input: on the command line it would show in
// the list of processes.
func (c *userPassword) Run(ctx context.Context, t *terminal) error {
	return c.keep(ctx, t, "", func(people *kb.Accounts) error {
		x, err := c.find(ctx, people)
		if err != nil {
			return err
		}
		line, err := bufio.NewReader(io.LimitReader(os.Stdin, 4_096)).ReadString('\n')
		if err != nil && err != io.EOF { //nolint:errorlint // the value that io itself compares
			return err
		}
		_, err = people.SetPassword(ctx, kb.System(), x.ID, strings.TrimRight(line, "\r\n"))
		return err
	})
}
