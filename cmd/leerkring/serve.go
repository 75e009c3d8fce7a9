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
	Addr        string   `help:"${addr}" env:"LEERKRING_ADDR" default:"127.0.0.1:8080"`
	Demo        bool     `help:"${demo}" env:"LEERKRING_DEMO"`
	BaseURL     string   `help:"${base_url}" env:"LEERKRING_BASE_URL" placeholder:"URL"`
	AllowOrigin []string `help:"${origin}" env:"LEERKRING_ALLOW_ORIGIN" placeholder:"URL"`
	EditorToken string   `help:"${editor_token}" env:"LEERKRING_EDITOR_TOKEN" placeholder:"TOKEN"`
	LogFormat   string   `help:"${log_format}" env:"LEERKRING_LOG_FORMAT" enum:"text,json" default:"text"`
}

// Run serves until it is told to stop.
func (c *serveCommand) Run(ctx context.Context, t *terminal) error {
	if c.Demo && c.Data == "" {
		c.Data = demoData
	}
	a, err := app.Open(ctx, c.config(newLog(t.err, c.LogFormat)))
	if err != nil {
		return err
	}
	site := app.Site{Addr: c.Addr, BaseURL: c.BaseURL, Origins: c.AllowOrigin, EditorToken: c.EditorToken, Demo: c.Demo}
	err = a.Serve(ctx, site, func(url string) {
		t.say(kb.Text{NL: "Leerkring draait op %s", EN: "Leerkring is running at %s"}, url)
	})
	if closed := a.Close(); err == nil {
		err = closed
	}
	return err
}
