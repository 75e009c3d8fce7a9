package graph

import (
	"fmt"

	"leerkring/internal/kb"
)

// stateText says what a state means and what to do; empty when there is nothing to do.
func stateText(s kb.ExtractionState) kb.Text {
	switch s {
	case kb.ExtractionWaiting, kb.ExtractionReading:
		return kb.Text{NL: "Het bestand wordt nog gelezen. Dat gaat vanzelf; u hoeft niet te wachten.", EN: "The file is still being read. That happens by itself; you need not wait."}
	case kb.ExtractionRecognising:
		return kb.Text{NL: "De tekst in de afbeeldingen wordt nog herkend. Dat gaat vanzelf en kan enkele minuten duren.", EN: "The text in the pictures is still being recognised. That happens by itself and may take some minutes."}
	case kb.ExtractionNoText:
		return kb.Text{NL: "In dit bestand staan alleen afbeeldingen, bijvoorbeeld omdat het gescand is. Het is te openen, maar niet op zijn woorden te vinden. Upload een versie met tekst, of zet het belangrijkste in de samenvatting.", EN: "This file has pictures only, for example since it was scanned. It can be opened, but not be found by its words. Upload a version with text, or put the essence in the summary."}
	case kb.ExtractionEmpty:
		return kb.Text{NL: "In dit bestand staat niets. Kijk of u het goede bestand hebt gekozen.", EN: "There is nothing in this file. See whether you chose the right one."}
	case kb.ExtractionEncrypted:
		return kb.Text{NL: "Dit bestand is beveiligd met een wachtwoord. Haal het wachtwoord eraf en upload het opnieuw.", EN: "This file is protected by a password. Take the password off and upload it again."}
	case kb.ExtractionBroken:
		return kb.Text{NL: "Dit bestand is beschadigd. Open het in het programma waarmee het gemaakt is, bewaar het opnieuw en upload het nog eens.", EN: "This file is damaged. Open it in the program that made it, save it again and upload it once more."}
	case kb.ExtractionLegacy:
		return kb.Text{NL: "Dit is een oud soort Office-bestand (DOC, PPT of XLS). Bewaar het als DOCX, PPTX, XLSX of PDF en upload dat.", EN: "This is an old kind of Office file (DOC, PPT or XLS). Save it as DOCX, PPTX, XLSX or PDF and upload that."}
	case kb.ExtractionUnsupported:
		return kb.Text{NL: "Dit soort bestand wordt niet gelezen. Bewaar het als PDF, of als Word-, PowerPoint-, Excel- of OpenDocument-bestand, en upload dat.", EN: "This kind of file is not read. Save it as PDF, or as a Word, PowerPoint, Excel or OpenDocument file, and upload that."}
	case kb.ExtractionTooLarge:
		return kb.Text{NL: "Er zit meer in dit bestand dan gelezen kan worden. Verdeel het over meer bestanden, of maak de afbeeldingen kleiner.", EN: "There is more in this file than can be read. Divide it over several files, or make the pictures smaller."}
	case kb.ExtractionTimedOut:
		return kb.Text{NL: "Het lezen van dit bestand duurde te lang. Verdeel het over meer bestanden, of bewaar het als PDF en upload dat.", EN: "Reading this file took too long. Divide it over several files, or save it as PDF and upload that."}
	case kb.ExtractionFailed:
		return kb.Text{NL: "Dit bestand kon niet gelezen worden, ook niet na een paar keer proberen. Bewaar het als PDF en upload dat, of vraag de beheerder om hulp.", EN: "This file could not be read, not even after some tries. Save it as PDF and upload that, or ask the administrator for help."}
	}
	return kb.Text{}
}

// placeText says what people call a place in a file; page 0 is its properties.
func placeText(unit kb.PageUnit, page int) kb.Text {
	if page == 0 {
		return kb.Text{NL: "in de eigenschappen van het document", EN: "in the properties of the document"}
	}
	names := map[kb.PageUnit]kb.Text{
		kb.UnitSlide: {NL: "dia %d", EN: "slide %d"}, kb.UnitSheet: {NL: "blad %d", EN: "sheet %d"}, kb.UnitPart: {NL: "deel %d", EN: "part %d"},
	}
	t, ok := names[unit]
	if !ok {
		t = kb.Text{NL: "p. %d", EN: "p. %d"}
	}
	return kb.Text{NL: fmt.Sprintf(t.NL, page), EN: fmt.Sprintf(t.EN, page)}
}

// findingText says what a finding is and what to do about it.
func findingText(t kb.FindingType) kb.Text {
	return map[kb.FindingType]kb.Text{
		kb.FindingBSN:            {NL: "Hier staat waarschijnlijk een burgerservicenummer. Haal het weg, verberg de pagina, of leg uit waarom het hier mag staan.", EN: "This is probably a citizen service number. Take it out, hide the page, or explain why it may be here."},
		kb.FindingIBAN:           {NL: "Hier staat een bankrekeningnummer. Haal het weg als het van een persoon is.", EN: "This is a bank account number. Take it out if it is of a person."},
		kb.FindingEmail:          {NL: "Hier staat een privé-e-mailadres. Haal het weg, of vraag of het gedeeld mag worden.", EN: "This is a private e-mail address. Take it out, or ask whether it may be shared."},
		kb.FindingPhone:          {NL: "Hier staat een telefoonnummer van een persoon. Haal het weg, of vraag of het gedeeld mag worden.", EN: "This is a phone number of a person. Take it out, or ask whether it may be shared."},
		kb.FindingAddress:        {NL: "Hier staat een adres waar iemand woont. Haal het weg, of vraag of het gedeeld mag worden.", EN: "This is an address where someone lives. Take it out, or ask whether it may be shared."},
		kb.FindingPropertyName:   {NL: "In de eigenschappen van het document staat de naam van een persoon. Haal die weg als lezers hem niet hoeven te zien.", EN: "The properties of the document hold the name of a person. Take it out if readers need not see it."},
		kb.FindingComment:        {NL: "In de kantlijn staan opmerkingen. Haal ze weg als ze niet voor lezers zijn.", EN: "There are remarks in the margin. Take them out if they are not for readers."},
		kb.FindingTrackedChange:  {NL: "Er staan bijgehouden wijzigingen in: lezers kunnen zien wat er eerst stond. Keur ze goed of af en upload het opnieuw.", EN: "There are tracked changes: readers can see what stood there before. Accept or reject them and upload it again."},
		kb.FindingHiddenPage:     {NL: "Deze dia of dit blad is in het document verborgen. Haal de pagina weg, of verberg haar ook hier.", EN: "The document hides this slide or sheet. Take it out, or hide it here too."},
		kb.FindingHiddenText:     {NL: "Hier staat tekst die niet te zien is, maar wel te lezen. Haal hem weg als hij niet voor lezers is.", EN: "There is text that cannot be seen but can be read. Take it out if it is not for readers."},
		kb.FindingEmbeddedFile:   {NL: "In dit bestand zit een ander bestand, dat niet is nagekeken. Haal het eruit, of upload het apart.", EN: "There is another file within this one, which was not checked. Take it out, or upload it on its own."},
		kb.FindingMacro:          {NL: "In dit bestand zit een programma (macro). Bewaar het zonder macro's en upload het opnieuw.", EN: "There is a program (macro) in this file. Save it without macros and upload it again."},
		kb.FindingExternalLink:   {NL: "Dit document haalt iets op van een andere plaats als iemand het opent. Zet het in het document zelf, of haal de verwijzing weg.", EN: "This document loads something from elsewhere when someone opens it. Put it in the document itself, or take the reference out."},
		kb.FindingUnchecked:      {NL: "Hier kon de tekst niet gelezen worden, en dus ook niet nagekeken. Kijk zelf of er iets in staat dat niet gedeeld mag worden.", EN: "The text could not be read here, and so not be checked. See for yourself whether it holds something that may not be shared."},
		kb.FindingNoTitle:        {NL: "Het document heeft geen titel in zijn eigenschappen. Voorleesprogramma's noemen dan de bestandsnaam.", EN: "The document has no title in its properties. Screen readers then say the name of the file."},
		kb.FindingNoLanguage:     {NL: "Het document zegt niet in welke taal het is. Voorleesprogramma's kiezen dan soms de verkeerde stem.", EN: "The document does not say in which language it is. Screen readers may then choose the wrong voice."},
		kb.FindingUntagged:       {NL: "Deze PDF heeft geen structuur voor wie hem laat voorlezen. Maak hem opnieuw als PDF met tags.", EN: "This PDF has no structure for who has it read aloud. Make it anew as a tagged PDF."},
		kb.FindingNoAlternative:  {NL: "Deze afbeelding heeft geen beschrijving. Voeg er een toe voor wie de afbeelding niet ziet.", EN: "This picture has no description. Add one for who does not see the picture."},
		kb.FindingNoTableHeader:  {NL: "Deze tabel heeft geen kopregel. Wijs een rij aan als kop.", EN: "This table has no header. Mark a row as its header."},
		kb.FindingNoSlideHeading: {NL: "Deze dia heeft geen titel. Geef elke dia een eigen titel.", EN: "This slide has no title. Give each slide a title of its own."},
	}[t]
}
