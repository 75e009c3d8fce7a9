package main

import (
	"context"

	"leerkring/internal/app"
	"leerkring/internal/kb"
)

// demoData is the folder of a demonstration when none is named: examples do not
// mix with a real collection.
const demoData = "leerkring-demo-data"

type serveCommand struct {
	where
	fileFlags
	Addr        string   `help:"${addr}" env:"LEERKRING_ADDR" default:"127.0.0.1:8080"`
	Demo        bool     `help:"${demo}" env:"LEERKRING_DEMO"`
	BaseURL     string   `help:"${base_url}" env:"LEERKRING_BASE_URL" placeholder:"URL"`
	AllowOrigin []string `help:"${origin}" env:"LEERKRING_ALLOW_ORIGIN" placeholder:"URL"`
	SignIn      string   `help:"${sign_in}" env:"LEERKRING_SIGN_IN" type:"path" placeholder:"${file_name}"`
	OpenSignUp  bool     `help:"${open_sign_up}" env:"LEERKRING_OPEN_SIGN_UP"`
	TrustProxy  bool     `help:"${trust_proxy}" env:"LEERKRING_TRUST_PROXY"`
	SMTP        string   `help:"${smtp}" env:"LEERKRING_SMTP" placeholder:"URL"`
	MailFrom    string   `help:"${mail_from}" env:"LEERKRING_MAIL_FROM" placeholder:"${mail_address}"`
	LogFormat   string   `help:"${log_format}" env:"LEERKRING_LOG_FORMAT" enum:"text,json" default:"text"`
}

// Run serves until it is told to stop.
func (c *serveCommand) Run(ctx context.Context, t *terminal) error {
	if c.Demo && c.Data == "" {
		c.Data = demoData
	}
	config := c.config(newLog(t.err, c.LogFormat))
	if err := c.fileFlags.apply(&config); err != nil {
		return err
	}
	a, err := app.Open(ctx, config)
	if err != nil {
		return err
	}
	site := app.Site{
		Addr: c.Addr, BaseURL: c.BaseURL, Origins: c.AllowOrigin, Demo: c.Demo,
		SignIn: c.SignIn, OpenSignUp: c.OpenSignUp, TrustProxy: c.TrustProxy, SMTP: c.SMTP, MailFrom: c.MailFrom, Language: t.lang,
	}
	err = a.Serve(ctx, site, t.welcome)
	if closed := a.Close(); err == nil {
		err = closed
	}
	return err
}

// welcome tells where the site is and how one can sign in. Links and passwords go to
// the terminal and never into the log.
func (t *terminal) welcome(begun app.Started) {
	t.say(kb.Text{NL: "Leerkring draait op %s", EN: "Leerkring is running at %s"}, begun.URL)
	if begun.FirstAdmin != "" {
		t.print(kb.Text{
			NL: "Er is nog geen beheerder. Maak het eerste account met deze link; hij werkt één keer, 24 uur lang, tot de volgende start:\n  %s",
			EN: "There is no admin yet. Make the first account with this link; it works once, for 24 hours, until the next start:\n  %s",
		}, begun.FirstAdmin)
	}
	if len(begun.Demo) == 0 {
		return
	}
	t.print(kb.Text{
		NL: "Probeer de rollen uit, allemaal met het wachtwoord: %s\nDeze accounts werken alleen met --demo en alleen vanaf deze machine.",
		EN: "Try the roles, all with the password: %s\nThese accounts work with --demo only, and from this machine only.",
	}, begun.DemoPassword)
	for _, d := range begun.Demo {
		t.print(kb.Text{NL: "  %[1]s: %[3]s", EN: "  %[2]s: %[3]s"}, d.Name.NL, d.Name.EN, d.Email)
	}
}
