package app_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"leerkring/internal/app"
)

// A real collection was marked as made up on every page when it was served with --demo.
func TestOnlyTheSampleCollectionIsMarkedAsMadeUp(t *testing.T) {
	for name, c := range map[string]struct {
		holds  string // what is in the store before
		sample bool   // whether the sample collection is too
		marked bool
	}{
		"nothing yet":                    {"", false, true},
		"the sample":                     {"", true, true},
		"the sample and more":            {`{"id":"1","title":"Echt"}`, true, true},
		"another collection":             {`{"id":"1","title":"Echt"}`, false, false},
		"another collection, all hidden": {`{"id":"1","title":"Echt","status":"DRAFT"}`, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			conf := config(t, t.TempDir())
			if c.sample {
				first := open(t, conf)
				demo(t, first)
				if err := first.Close(); err != nil {
					t.Fatal(err)
				}
			}
			conf.Log = slog.New(slog.NewTextHandler(&log, nil))
			a := open(t, conf)
			if c.holds != "" {
				bring(t, a, c.holds)
			}
			page := demo(t, a)
			if err := a.Close(); err != nil { // nothing writes to the log any more
				t.Fatal(err)
			}
			if marked := strings.Contains(page, `class="banner"`); marked != c.marked {
				t.Errorf("marked: %v", marked)
			}
			if told := strings.Contains(log.String(), "another collection"); told == c.marked {
				t.Errorf("told: %v", told)
			}
		})
	}
}

// demo serves a demonstration for as long as it takes to read its first page.
func demo(t *testing.T, a *app.App) (page string) {
	t.Helper()
	t.Run("serve", func(t *testing.T) { _, page = get(t, serve(t, a, app.Site{Demo: true})+"/") })
	return page
}
