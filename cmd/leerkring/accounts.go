package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"leerkring/internal/app"
	"leerkring/internal/kb"
)

// keep does work on accounts in the store alone, without an index: it is for those
// who are locked out. base is what links begin with. With the embedded store the server must not run.
func (w where) keep(ctx context.Context, t *terminal, base string, work func(*kb.Accounts) error) error {
	if err := w.mustExist(); err != nil {
		return err
	}
	config := w.config(quiet())
	store, err := app.OpenStore(ctx, config)
	if kb.CodeOf(err) == kb.InUse {
		t.say(kb.Text{
			NL: "Zolang de server draait, beheert een beheerder accounts in de pagina's. Is er geen beheerder die zich kan aanmelden, stop dan de server, geef dit commando, en start de server weer.",
			EN: "As long as the server runs, an admin keeps accounts in the pages. If no admin can sign in, stop the server, give this command, and start the server again.",
		})
	}
	if err != nil {
		return err
	}
	err = work(app.NewAccounts(config, store, kb.AccountsConfig{BaseURL: base}))
	return firstError(err, store.Close())
}

// who is an account on the command line.
type who struct {
	Who string `arg:"" name:"account" help:"${account}"`
}

func (w who) find(ctx context.Context, people *kb.Accounts) (*kb.Account, error) {
	if id := kb.ID(w.Who); id.Valid() {
		return people.Get(ctx, kb.System(), id)
	}
	x, err := people.ByEmail(ctx, kb.System(), w.Who)
	if kb.CodeOf(err) == kb.NotFound {
		return nil, kb.Errorf(kb.NotFound, kb.Text{NL: "Er is geen account met %s. Zie: leerkring user list", EN: "There is no account with %s. See: leerkring user list"}, w.Who)
	}
	return x, err
}

// line prints fields with tabs between them.
func (t *terminal) line(fields ...string) {
	_, _ = fmt.Fprintln(t.out, strings.Join(fields, "\t")) // there is nobody else to tell
}

func day(at time.Time) string { return at.UTC().Format("2006-01-02") }

type roleCommand struct {
	where
	who
	Role string `arg:"" name:"role" help:"${role_name}" enum:"VISITOR,MEMBER,EXPERT,EDITOR,ADMIN"`
}

// Run gives an account a role.
func (c *roleCommand) Run(ctx context.Context, t *terminal) error {
	return c.keep(ctx, t, "", func(people *kb.Accounts) error {
		x, err := c.find(ctx, people)
		if err != nil {
			return err
		}
		if x, _, err = people.SetRole(ctx, kb.System(), x.ID, 0, kb.Role(c.Role)); err != nil {
			return err
		}
		t.say(kb.Text{NL: "%s is nu %s.", EN: "%s is now %s."}, x.Name, x.Role)
		return nil
	})
}

// accountTexts are the help texts of the commands for accounts.
func accountTexts(lang string) map[string]string {
	out := map[string]string{}
	for name, text := range map[string]kb.Text{
		"user":          {NL: "Beheer accounts op de server zelf, voor wie zich niet kan aanmelden.", EN: "Keep accounts on the server itself, for those who cannot sign in."},
		"user_list":     {NL: "Toon alle accounts.", EN: "Show all accounts."},
		"user_add":      {NL: "Maak een account en toon de uitnodiging; met --app een account voor een programma.", EN: "Make an account and show the invitation; with --app an account for a program."},
		"user_link":     {NL: "Toon een nieuwe link waarmee iemand een wachtwoord kiest.", EN: "Show a new link by which someone chooses a password."},
		"user_disable":  {NL: "Schakel een account uit; sessies en tokens werken dan niet meer.", EN: "Disable an account; its sessions and tokens then work no more."},
		"user_enable":   {NL: "Schakel een account weer in.", EN: "Enable an account again."},
		"user_password": {NL: "Zet een wachtwoord, de eerste regel van standaardinvoer.", EN: "Set a password, the first line of standard input."},
		"account":       {NL: "E-mailadres of kenmerk van het account.", EN: "E-mail address or id of the account."},
		"email":         {NL: "E-mailadres; bij een programma de naam.", EN: "E-mail address; for a program its name."},
		"person_name":   {NL: "Naam.", EN: "Name."},
		"app":           {NL: "Het is een programma, dat met tokens vraagt.", EN: "It is a program, which asks by tokens."},
		"role":          {NL: "Geef een account een rol.", EN: "Give an account a role."},
		"role_name":     {NL: "VISITOR, MEMBER, EXPERT, EDITOR of ADMIN.", EN: "VISITOR, MEMBER, EXPERT, EDITOR or ADMIN."},

		"token":        {NL: "Beheer tokens op de server zelf.", EN: "Keep tokens on the server itself."},
		"token_list":   {NL: "Toon alle tokens, zonder hun tekst.", EN: "Show all tokens, without their text."},
		"token_add":    {NL: "Maak een token en toon het deze ene keer.", EN: "Make a token and show it this once."},
		"token_revoke": {NL: "Trek een token in.", EN: "Revoke a token."},
		"token_id":     {NL: "Kenmerk van het token, uit token list.", EN: "Id of the token, from token list."},
		"token_name":   {NL: "Waar het voor is.", EN: "What it is for."},
		"scope":        {NL: "Waar het goed voor is: READ, WRITE, REVIEW, ADMIN; mag vaker.", EN: "What it is good for: READ, WRITE, REVIEW, ADMIN; may be repeated."},
		"days":         {NL: "Hoeveel dagen het werkt, hoogstens 366.", EN: "For how many days it works, at most 366."},
	} {
		out[name] = text.In(lang)
	}
	return out
}
