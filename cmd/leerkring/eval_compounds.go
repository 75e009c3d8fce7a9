package main

import (
	"encoding/json"
	"os"

	"leerkring/internal/eval"
	"leerkring/internal/kb"
	"leerkring/internal/search/dutch"
)

type evalCompoundsCommand struct {
	File string `arg:"" help:"${eval_compounds_file}" type:"path"`
}

// Run prints how well the compounds of a file are split, as one JSON object.
func (c *evalCompoundsCommand) Run(t *terminal) error {
	f, err := os.Open(c.File)
	if err != nil {
		return kb.Wrap(err, kb.NotFound, kb.Text{
			NL: "Het bestand %s is niet te lezen. Klopt de naam, en mag u het lezen?",
			EN: "The file %s cannot be read. Is the name right, and may you read it?",
		}, c.File)
	}
	defer func() { _ = f.Close() }() // it was only read
	judgement, err := eval.Compounds(f, c.File, dutch.New())
	if err != nil {
		return err
	}
	return json.NewEncoder(t.out).Encode(judgement)
}
