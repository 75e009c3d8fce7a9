package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"

	"leerkring/internal/kb"
	"leerkring/internal/search/dutch"
)

type analyzeCommand struct {
	Text []string `arg:"" help:"${analyze_text}"`
	JSON bool     `help:"${analyze_json}"`
}

// analyzed is a word of the text as the search takes it.
type analyzed struct {
	Word string `json:"word"`
	// Term is what is indexed, empty for a word that is too common.
	Term  string   `json:"term"`
	Parts []string `json:"parts,omitempty"`
}

// Run shows what the search makes of a text, word by word.
func (c *analyzeCommand) Run(t *terminal) error {
	text := strings.Join(c.Text, " ")
	found := []analyzed{} // an empty text is an empty list
	dutch.New().Tokens(text, func(tok dutch.Token) {
		found = append(found, analyzed{Word: text[tok.Start:tok.End], Term: tok.Term, Parts: tok.Parts})
	})
	if c.JSON {
		enc := json.NewEncoder(t.out)
		enc.SetEscapeHTML(false)
		return enc.Encode(found)
	}
	w := tabwriter.NewWriter(t.out, 0, 0, 2, ' ', 0)
	heading := kb.Text{NL: "woord\tterm\tdelen", EN: "word\tterm\tparts"}
	_, _ = fmt.Fprintln(w, t.text(heading)) // it is written at the flush
	for _, a := range found {
		term := a.Term
		if term == "" {
			term = "-"
		}
		_, _ = fmt.Fprintf(w, "%s\t%s\t%s\n", a.Word, term, strings.Join(a.Parts, " "))
	}
	return w.Flush()
}
