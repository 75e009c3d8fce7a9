package main

import (
	"context"
	"io"
	"time"

	"leerkring/internal/app"
	"leerkring/internal/kb"
)

// edit does work that writes lists of the editors, and waits until it counts for
// searches. With MongoDB the servers that use it take it into their own index.
func (w where) edit(ctx context.Context, work func(*kb.Editorial, *kb.Library) error) error {
	if err := w.mustExist(); err != nil {
		return err
	}
	if w.Store != "" {
		store, err := app.OpenStore(ctx, w.config(quiet()))
		if err != nil {
			return err
		}
		// Writing asks nothing of an index.
		err = work(kb.NewEditorial(store, nil, nil, time.Now), kb.NewLibrary(store, nil, nil))
		return firstError(err, store.Close())
	}
	a, err := app.Open(ctx, w.config(quiet()))
	if err != nil {
		return err
	}
	err = work(kb.NewEditorial(a.Store, a.Index, a.Own, time.Now), a.Library)
	return firstError(err, settle(ctx, a), a.Close())
}

// consult does work that reads lists and searches, on an index that has all there is.
func (w where) consult(ctx context.Context, work func(*kb.Editorial, *kb.Library) error) error {
	if err := w.mustExist(); err != nil {
		return err
	}
	a, err := app.Open(ctx, w.config(quiet()))
	if err != nil {
		return err
	}
	if err = settle(ctx, a); err == nil {
		err = work(kb.NewEditorial(a.Store, a.Index, a.Own, time.Now), a.Library)
	}
	return firstError(err, a.Close())
}

// settle waits until searches see all that is in the store.
func settle(ctx context.Context, a *app.App) error {
	last, err := a.Store.Last(ctx)
	if err != nil {
		return err
	}
	return a.Settle(ctx, last)
}

// readAll gives the content of one file, of at most 16 MB.
func readAll(name string) ([]byte, error) {
	files, err := openAll([]string{name})
	if err != nil {
		return nil, err
	}
	const most = 16 << 20
	text, err := io.ReadAll(io.LimitReader(files[0], most+1))
	_ = files[0].Close() // it was only read
	if err != nil || len(text) > most {
		return nil, kb.Wrap(err, kb.Invalid, kb.Text{
			NL: "Het bestand %s is niet te lezen of te groot (hoogstens 16 MB).",
			EN: "The file %s cannot be read or is too large (at most 16 MB).",
		}, name)
	}
	return text, nil
}

// editorialTexts are the help texts of the commands for editors.
func editorialTexts(lang string) map[string]string {
	out := map[string]string{}
	for name, text := range map[string]kb.Text{
		"synonyms":         {NL: "Beheer woorden die voor het zoeken hetzelfde betekenen.", EN: "Keep words that mean the same to the search."},
		"synonyms_list":    {NL: "Toon alle synoniemen, als regels die import leest.", EN: "Show all synonyms, as lines that import reads."},
		"synonyms_add":     {NL: "Voeg woorden toe die hetzelfde betekenen.", EN: "Add words that mean the same."},
		"synonyms_remove":  {NL: "Verwijder de synoniemen die met een woord beginnen.", EN: "Remove the synonyms that begin with a word."},
		"synonyms_import":  {NL: "Lees synoniemen uit een bestand: per regel woorden met komma's, of een woord => engere woorden.", EN: "Read synonyms from a file: words with commas on each line, or a word => narrower words."},
		"synonyms_preview": {NL: "Toon wat synoniemen aan zoekvragen zouden veranderen, zonder ze te bewaren.", EN: "Show what synonyms would change about queries, without keeping them."},
		"terms":            {NL: "Twee of meer woorden; zet een naam van meer woorden tussen aanhalingstekens.", EN: "Two or more words; put a name of several words between quotes."},
		"term":             {NL: "Het eerste woord.", EN: "The first word."},
		"one_way":          {NL: "Het eerste woord vindt ook de andere, maar niet andersom.", EN: "The first word also finds the others, but not the other way round."},
		"note":             {NL: "Waarom, voor andere redacteuren.", EN: "Why, for other editors."},
		"preview_query":    {NL: "Zoekvraag; mag vaker.", EN: "Query; may be repeated."},

		"judgements":        {NL: "Beheer lijsten van wat zoekvragen moeten vinden, en meet het zoeken ermee.", EN: "Keep lists of what queries must find, and measure the search with them."},
		"judgements_list":   {NL: "Toon de lijsten.", EN: "Show the lists."},
		"judgements_import": {NL: "Lees een lijst uit een JSON-bestand; een lijst met dezelfde naam wordt vervangen.", EN: "Read a list from a JSON file; a list of the same name is replaced."},
		"judgements_run":    {NL: "Toon per zoekvraag waar de gewenste records staan.", EN: "Show for each query where the wanted records stand."},
		"judgements_name":   {NL: "Naam van de lijst; anders alle lijsten.", EN: "Name of the list; else all lists."},
	} {
		out[name] = text.In(lang)
	}
	return out
}
