// Command counts makes the families of the word list: of how many compounds in it
// each word is the first or the last part. It runs after the word list is made.
package main

import (
	"fmt"
	"os"

	"leerkring/internal/search/dutch/internal/compound"
	"leerkring/internal/search/dutch/internal/lexicon"
)

func main() {
	if err := run("data"); err != nil {
		fmt.Fprintln(os.Stderr, "counts:", err)
		os.Exit(1)
	}
}

// run reads the word list of a folder and puts the families beside it.
func run(dir string) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	transducer, err := root.ReadFile("words.fst")
	if err != nil {
		return err
	}
	readings, err := root.ReadFile("readings.txt")
	if err != nil {
		return err
	}
	words, err := lexicon.Load(transducer, string(readings))
	if err != nil {
		return err
	}
	return root.WriteFile("compounds.txt", []byte(compound.CountFamilies(words).String()), 0o644)
}
