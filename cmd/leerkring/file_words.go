package main

import (
	"fmt"

	"leerkring/internal/kb"
)

// stateWord says in a word or two how far the reading of a file came.
func stateWord(s kb.ExtractionState) kb.Text {
	word, ok := map[kb.ExtractionState]kb.Text{
		kb.ExtractionWaiting: {NL: "wacht", EN: "waiting"}, kb.ExtractionReading: {NL: "wordt gelezen", EN: "being read"},
		kb.ExtractionRecognising: {NL: "wordt herkend", EN: "being recognised"}, kb.ExtractionRead: {NL: "gelezen", EN: "read"},
		kb.ExtractionNoText: {NL: "alleen afbeeldingen", EN: "pictures only"}, kb.ExtractionEmpty: {NL: "leeg", EN: "empty"},
		kb.ExtractionEncrypted: {NL: "met wachtwoord", EN: "with a password"}, kb.ExtractionBroken: {NL: "beschadigd", EN: "damaged"},
		kb.ExtractionLegacy: {NL: "oud Office-bestand", EN: "old Office file"}, kb.ExtractionUnsupported: {NL: "wordt niet gelezen", EN: "not a kind that is read"},
		kb.ExtractionTooLarge: {NL: "te groot", EN: "too large"}, kb.ExtractionTimedOut: {NL: "duurde te lang", EN: "took too long"},
		kb.ExtractionFailed: {NL: "mislukt", EN: "failed"},
	}[s]
	if !ok {
		return kb.Text{NL: string(s), EN: string(s)}
	}
	return word
}

// stateAdvice says what to do with a file that could not be read; empty when it could.
func stateAdvice(s kb.ExtractionState) kb.Text {
	return map[kb.ExtractionState]kb.Text{
		kb.ExtractionNoText:      {NL: "Er staan alleen afbeeldingen in, dus de tekst is niet nagekeken. Neem een versie met tekst, of installeer tesseract.", EN: "There are pictures only, so the text was not checked. Take a version with text, or install tesseract."},
		kb.ExtractionEmpty:       {NL: "Er staat niets in. Is dit het goede bestand?", EN: "There is nothing in it. Is it the right file?"},
		kb.ExtractionEncrypted:   {NL: "Haal het wachtwoord eraf.", EN: "Take the password off."},
		kb.ExtractionBroken:      {NL: "Open het in het programma waarmee het is gemaakt en bewaar het opnieuw.", EN: "Open it in the program that made it and save it again."},
		kb.ExtractionLegacy:      {NL: "Bewaar het als DOCX, PPTX, XLSX of PDF.", EN: "Save it as DOCX, PPTX, XLSX or PDF."},
		kb.ExtractionUnsupported: {NL: "Maak er een PDF van, of een Word-, PowerPoint-, Excel- of OpenDocument-bestand.", EN: "Make a PDF of it, or a Word, PowerPoint, Excel or OpenDocument file."},
		kb.ExtractionTooLarge:    {NL: "Verdeel het over meer bestanden, of maak de afbeeldingen kleiner.", EN: "Divide it over several files, or make the pictures smaller."},
		kb.ExtractionTimedOut:    {NL: "Verdeel het over meer bestanden, of maak er een PDF van.", EN: "Divide it over several files, or make a PDF of it."},
		kb.ExtractionFailed:      {NL: "Maak er een PDF van.", EN: "Make a PDF of it."},
	}[s]
}

func unitWord(u kb.PageUnit) kb.Text {
	word, ok := map[kb.PageUnit]kb.Text{
		kb.UnitSlide: {NL: "dia's", EN: "slides"}, kb.UnitSheet: {NL: "bladen", EN: "sheets"}, kb.UnitPart: {NL: "delen", EN: "parts"},
	}[u]
	if !ok {
		return kb.Text{NL: "pagina's", EN: "pages"}
	}
	return word
}

// placeWord gives what names a place in a file of such pages; 0 is the file as a whole.
func placeWord(u kb.PageUnit) func(page int) kb.Text {
	one, ok := map[kb.PageUnit]kb.Text{
		kb.UnitSlide: {NL: "dia", EN: "slide"}, kb.UnitSheet: {NL: "blad", EN: "sheet"}, kb.UnitPart: {NL: "deel", EN: "part"},
	}[u]
	if !ok {
		one = kb.Text{NL: "p.", EN: "p."}
	}
	return func(page int) kb.Text {
		if page == 0 {
			return kb.Text{NL: "hele bestand", EN: "whole file"}
		}
		return kb.Text{NL: fmt.Sprintf("%s %d", one.NL, page), EN: fmt.Sprintf("%s %d", one.EN, page)}
	}
}

func severityWord(s kb.Severity) kb.Text {
	switch s {
	case kb.Serious:
		return kb.Text{NL: "ernstig", EN: "serious"}
	case kb.Notable:
		return kb.Text{NL: "let op", EN: "note"}
	}
	return kb.Text{NL: "advies", EN: "advice"}
}

// findingWord names a finding.
func findingWord(t kb.FindingType) kb.Text {
	word, ok := map[kb.FindingType]kb.Text{
		kb.FindingBSN: {NL: "burgerservicenummer", EN: "citizen service number"}, kb.FindingIBAN: {NL: "bankrekening", EN: "bank account"},
		kb.FindingEmail: {NL: "privé-e-mailadres", EN: "private e-mail address"}, kb.FindingPhone: {NL: "telefoonnummer van een persoon", EN: "phone number of a person"},
		kb.FindingAddress: {NL: "woonadres", EN: "home address"}, kb.FindingPropertyName: {NL: "naam in de eigenschappen", EN: "name in the properties"},
		kb.FindingComment: {NL: "opmerking in de kantlijn", EN: "comment in the margin"}, kb.FindingTrackedChange: {NL: "bijgehouden wijziging", EN: "tracked change"},
		kb.FindingHiddenPage: {NL: "verborgen dia of blad", EN: "hidden slide or sheet"}, kb.FindingHiddenText: {NL: "verborgen tekst", EN: "hidden text"},
		kb.FindingEmbeddedFile: {NL: "ander bestand erin", EN: "another file within"}, kb.FindingMacro: {NL: "macro", EN: "macro"},
		kb.FindingExternalLink: {NL: "haalt iets van elders op", EN: "loads something from elsewhere"}, kb.FindingUnchecked: {NL: "niet nagekeken: geen leesbare tekst", EN: "not checked: no readable text"},
		kb.FindingNoTitle: {NL: "geen titel", EN: "no title"}, kb.FindingNoLanguage: {NL: "geen taal", EN: "no language"},
		kb.FindingUntagged: {NL: "PDF zonder tags", EN: "untagged PDF"}, kb.FindingNoAlternative: {NL: "afbeelding zonder beschrijving", EN: "picture without description"},
		kb.FindingNoTableHeader: {NL: "tabel zonder kopregel", EN: "table without header"}, kb.FindingNoSlideHeading: {NL: "dia zonder titel", EN: "slide without title"},
	}[t]
	if !ok {
		return kb.Text{NL: string(t), EN: string(t)}
	}
	return word
}
