package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/app"
	"leerkring/internal/kb"
)

func TestSizes(t *testing.T) {
	for text, want := range map[string]size{
		"0": 0, "17": 17, "100MB": 100_000_000, "100 mb": 100_000_000, "5GB": 5_000_000_000, "416MiB": 416 << 20, "1KiB": 1024, "2B": 2, "1TB": 1e12,
	} {
		var got size
		if err := got.UnmarshalText([]byte(text)); err != nil || got != want {
			t.Errorf("%s: %d %v, want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "veel", "-1", "1.5GB", "MB", "10 PB", "9999999999999TB", "1MMB"} {
		var got size
		if err := got.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q gives %d", text, got)
		}
	}
}

func TestFileFlags(t *testing.T) {
	good := fileFlags{MaxFile: 1, MaxRequest: 2, MaxAccount: 3, MaxTotal: 4, Clamd: "tcp://localhost", ClamdRequired: true, readFlags: readFlags{3, 1 << 30}}
	var got app.Config
	if err := good.apply(&got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(kb.FileLimits{File: 1, Request: 2, Account: 3, Total: 4}, got.Files); diff != "" {
		t.Error(diff)
	}
	if got.Scan == nil || !got.ScanRequired || got.Readers != 3 || got.ReaderMemory != 1<<30 {
		t.Errorf("%+v", got)
	}
	for name, wrong := range map[string]func(*fileFlags){
		"no size of a file":       func(f *fileFlags) { f.MaxFile = 0 },
		"no size of a request":    func(f *fileFlags) { f.MaxRequest = 0 },
		"no size of an account":   func(f *fileFlags) { f.MaxAccount = 0 },
		"another address":         func(f *fileFlags) { f.Clamd = "http://localhost" },
		"required without clamd":  func(f *fileFlags) { f.Clamd = "" },
		"no workers":              func(f *fileFlags) { f.ExtractWorkers = 0 },
		"more workers than files": func(f *fileFlags) { f.ExtractWorkers = 1000 },
		"hardly any memory":       func(f *fileFlags) { f.ExtractMemory = 1 << 20 },
	} {
		flags := good
		wrong(&flags)
		if err := flags.apply(&app.Config{}); kb.CodeOf(err) != kb.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Every state that tells a person to do something has a word for it in both languages.
func TestStatesHaveWords(t *testing.T) {
	for _, s := range kb.ExtractionStates() {
		word, advice := stateWord(s), stateAdvice(s)
		if word.NL == string(s) || word.NL == "" || word.EN == "" {
			t.Errorf("%s has no word", s)
		}
		if good := s == kb.ExtractionRead || !s.Settled(); good != (advice == kb.Text{}) {
			t.Errorf("%s: advice %q", s, advice.EN)
		}
	}
}

// A stranger's text steers no terminal.
func TestPassagesArePlain(t *testing.T) {
	got := passage(kb.Finding{Passage: "BSN \x1b[31m123\r\n\u202e456\u0085"})
	if want := " – BSN [31m123 456"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := passage(kb.Finding{}); got != "" {
		t.Errorf("%q", got)
	}
}

func TestPlacesAreNamedByTheirUnit(t *testing.T) {
	for unit, want := range map[kb.PageUnit]string{kb.UnitSlide: "dia 7", kb.UnitSheet: "blad 7", kb.UnitPart: "deel 7", kb.UnitPage: "p. 7", "": "p. 7"} {
		if got := placeWord(unit)(7).NL; got != want {
			t.Errorf("%s: %s, want %s", unit, got, want)
		}
		if got := placeWord(unit)(0).NL; got != "hele bestand" {
			t.Errorf("%s: %s", unit, got)
		}
	}
}
