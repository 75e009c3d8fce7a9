package app

import (
	"context"
	"crypto/rand"
	"net"
	"net/netip"
	"net/url"
	"os"

	"leerkring/internal/auth"
	"leerkring/internal/kb"
)

// Started tells how a site began.
type Started struct {
	// URL is where this machine reaches it.
	URL string
	// FirstAdmin is a link that makes the first admin; empty when there is an admin.
	FirstAdmin string
	// Demo are accounts to try the roles with, and DemoPassword the password of each.
	Demo         []DemoAccount
	DemoPassword string
}

// DemoAccount is an account of a demonstration.
type DemoAccount struct {
	Name  kb.Text
	Email string
	Role  kb.Role
	// Organises says that it organises the first learning circle.
	Organises bool
}

// demoPassword is no secret: what can sign in with it is switched off wherever
// others than this machine could.
const demoPassword = "probeer het maar eens"

// demoAccounts are those of a demonstration. Nobody can have an address in .invalid
// (RFC 2606).
func demoAccounts() []DemoAccount {
	return []DemoAccount{
		{Name: kb.Text{NL: "beheerder", EN: "admin"}, Email: "beheerder@demo.invalid", Role: kb.RoleAdmin},
		{Name: kb.Text{NL: "redacteur", EN: "editor"}, Email: "redacteur@demo.invalid", Role: kb.RoleEditor},
		{Name: kb.Text{NL: "expert", EN: "expert"}, Email: "expert@demo.invalid", Role: kb.RoleExpert},
		{Name: kb.Text{NL: "organisator van een leerkring", EN: "organiser of a learning circle"}, Email: "organisator@demo.invalid", Role: kb.RoleMember, Organises: true},
		{Name: kb.Text{NL: "deelnemer", EN: "member"}, Email: "deelnemer@demo.invalid", Role: kb.RoleMember},
	}
}

// accounts keeps the accounts of a site.
func (a *App) accounts(site Site) *kb.Accounts {
	return NewAccounts(a.config, a.Store, kb.AccountsConfig{
		Search: a.Index, Own: a.Own, BaseURL: site.BaseURL, OpenSignUp: site.OpenSignUp, MailOn: site.SMTP != "",
	})
}

// NewAccounts keeps accounts in a store; c says what differs from one place to another.
func NewAccounts(config Config, store kb.Store, c kb.AccountsConfig) *kb.Accounts {
	c.Store, c.Now, c.NewID, c.Hasher = store, config.Now, newID, auth.NewPasswords(auth.PasswordOptions{})
	return kb.NewAccounts(c)
}

// newID makes the id of a new record.
func newID() kb.ID {
	var b [16]byte
	_, _ = rand.Read(b[:]) // it never fails
	return kb.IDFromBytes(b)
}

// tried reports whether a site is a demonstration with accounts that everyone knows:
// on this machine, with a store of its own.
func (a *App) tried(site Site) bool { return site.Demo && site.private && a.config.Store == "" }

// welcome sees to it that someone can sign in: by the accounts of a demonstration, or
// by a link that makes the first admin.
func (a *App) welcome(ctx context.Context, site Site, people *kb.Accounts) (Started, error) {
	var begun Started
	tried := a.tried(site)
	if err := a.switchDemo(ctx, people, tried); err != nil {
		return Started{}, err
	}
	if tried {
		begun.Demo, begun.DemoPassword = demoAccounts(), demoPassword
	}
	link, err := people.FirstAdminLink(ctx, site.Language)
	if err != nil && kb.CodeOf(err) != kb.NotFound {
		return Started{}, err
	}
	begun.FirstAdmin = link
	return begun, nil
}

// switchDemo makes the accounts of a demonstration, or switches off those that are
// there from one.
func (a *App) switchDemo(ctx context.Context, people *kb.Accounts, on bool) error {
	for _, d := range demoAccounts() {
		x, err := people.ByEmail(ctx, kb.System(), d.Email)
		switch {
		case kb.CodeOf(err) == kb.NotFound && on:
			err = a.makeDemo(ctx, people, d)
		case kb.CodeOf(err) == kb.NotFound:
			err = nil
		case err == nil && on && x.Disabled:
			_, _, err = people.Enable(ctx, kb.System(), x.ID, 0)
		case err == nil && !on && !x.Disabled:
			_, _, err = people.Disable(ctx, kb.System(), x.ID, 0)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (a *App) makeDemo(ctx context.Context, people *kb.Accounts, d DemoAccount) error {
	x, _, _, err := people.Invite(ctx, kb.System(), kb.Invitation{Name: "Demo " + d.Name.NL, Email: d.Email, Role: d.Role})
	if err != nil {
		return err
	}
	if _, err = people.SetPassword(ctx, kb.System(), x.ID, demoPassword); err != nil || !d.Organises {
		return err
	}
	circles, err := a.Library.Search(ctx, kb.System(), kb.SearchRequest{Kinds: []kb.Kind{kb.KindLearningCircle}, Sort: kb.SortTitle, First: 1})
	if err != nil || len(circles.Hits) == 0 {
		return err
	}
	_, _, err = people.AddToTeam(ctx, kb.System(), circles.Hits[0].Entity.Base().ID, d.Email, kb.TeamOrganiser)
	return err
}

// readProviders reads the file of the sign-ins of organisations.
func readProviders(file string) ([]auth.Provider, error) {
	if file == "" {
		return nil, nil
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, kb.Wrap(err, kb.Invalid, kb.Text{NL: "Het bestand %s van --sign-in is niet te lezen.", EN: "The file %s of --sign-in cannot be read."}, file)
	}
	return auth.ParseProviders(data, os.Getenv)
}

// onThisMachine reports whether only this machine reaches what listens on an address
// and is known by a web address.
func onThisMachine(addr net.Addr, base string) bool {
	tcp, ok := addr.(*net.TCPAddr)
	u, err := url.Parse(base)
	if !ok || err != nil || !tcp.IP.IsLoopback() {
		return false
	}
	ip, err := netip.ParseAddr(u.Hostname())
	return u.Hostname() == "localhost" || err == nil && ip.IsLoopback()
}
