package web

import "leerkring/internal/kb"

// fileMessages are the texts of files and of what was found in them.
func fileMessages() catalogue {
	return catalogue{
		"files.title":          {NL: "Bestanden", EN: "Files"},
		"files.of":             {NL: "Bestanden van %s", EN: "Files of %s"},
		"files.none":           {NL: "Er zijn nog geen bestanden.", EN: "There are no files yet."},
		"files.later":          {NL: "Sla de tekst eerst op. Daarna kunt u bestanden toevoegen.", EN: "Save the text first. Then you can add files."},
		"files.manage":         {NL: "Bestanden toevoegen of wijzigen", EN: "Add or change files"},
		"files.back":           {NL: "Terug naar de tekst", EN: "Back to the text"},
		"files.all":            {NL: "Alle bestanden van dit materiaal", EN: "All files of this material"},
		"file.kind":            {NL: "bestand", EN: "file"},
		"file.one.PAGE":        {NL: "1 pagina", EN: "1 page"},
		"file.many.PAGE":       {NL: "%s pagina's", EN: "%s pages"},
		"file.one.SLIDE":       {NL: "1 dia", EN: "1 slide"},
		"file.many.SLIDE":      {NL: "%s dia's", EN: "%s slides"},
		"file.one.SHEET":       {NL: "1 blad", EN: "1 sheet"},
		"file.many.SHEET":      {NL: "%s bladen", EN: "%s sheets"},
		"file.one.PART":        {NL: "1 deel", EN: "1 part"},
		"file.many.PART":       {NL: "%s delen", EN: "%s parts"},
		"file.belongs":         {NL: "Hoort bij", EN: "Belongs to"},
		"file.download":        {NL: "Downloaden", EN: "Download"},
		"file.withheld":        {NL: "Een deel van dit bestand is niet openbaar. Daarom kunt u het niet downloaden.", EN: "A part of this file is not public. That is why you cannot download it."},
		"file.leaf":            {NL: "Bladeren", EN: "Leaf through"},
		"file.of":              {NL: "%s van %s", EN: "%s of %s"},
		"file.hidden":          {NL: "Lezers zien deze pagina niet.", EN: "Readers do not see this page."},
		"file.hidden.short":    {NL: "verborgen voor lezers", EN: "hidden from readers"},
		"file.hidden.document": {NL: "In het document zelf is deze pagina verborgen.", EN: "The document itself hides this page."},
		"file.recognised":      {NL: "De computer heeft de tekst uit de afbeelding gelezen. Er kunnen fouten in staan.", EN: "The computer read the text from the picture. There may be mistakes in it."},
		"file.picture":         {NL: "Afbeelding van %s; de tekst staat ernaast", EN: "Picture of %s; its text stands beside it"},
		"file.nopicture":       {NL: "Van deze pagina is (nog) geen afbeelding.", EN: "There is no picture of this page (yet)."},
		"file.text":            {NL: "Tekst", EN: "Text"},
		"file.notext":          {NL: "Op deze pagina staat geen tekst.", EN: "There is no text on this page."},
		"file.notes":           {NL: "Notities van de spreker", EN: "Notes of the speaker"},
		"file.outline":         {NL: "Inhoud", EN: "Contents"},
		"file.similar":         {NL: "Lijkt op (%s):", EN: "Looks like (%s):"},
		"file.findings":        {NL: "Punten om naar te kijken: %s", EN: "Points to look at: %s"},
		"file.serious":         {NL: "Op te lossen voordat u kunt indienen: %s", EN: "To be solved before you can submit: %s"},
		"file.suggestions":     {NL: "Voorstellen om velden te vullen: %s", EN: "Suggestions to fill fields with: %s"},

		"upload.choose": {NL: "Kies bestanden", EN: "Choose files"},
		"upload.newer":  {NL: "Kies de nieuwe versie", EN: "Choose the new version"},
		"upload.help":   {NL: "PDF, Word, PowerPoint, Excel, OpenDocument, tekst of afbeeldingen, hoogstens %s per bestand. U kunt ze ook hierheen slepen.", EN: "PDF, Word, PowerPoint, Excel, OpenDocument, text or pictures, at most %s each. You can also drag them here."},
		"upload.send":   {NL: "Uploaden", EN: "Upload"},
		"upload.title":  {NL: "Bestanden toevoegen", EN: "Add files"},
		"upload.failed": {NL: "Dit lukte niet. Kies het bestand opnieuw.", EN: "This failed. Choose the file again."},
		"upload.busy":   {NL: "wordt verstuurd", EN: "is being sent"},
		"upload.sent":   {NL: "is verstuurd", EN: "was sent"},
		"upload.nofile": {NL: "Kies eerst een bestand.", EN: "Choose a file first."},

		"findings.title":          {NL: "Controle op gevoelige gegevens en toegankelijkheid", EN: "Check of sensitive data and accessibility"},
		"findings.none":           {NL: "We vonden niets dat u moet nakijken.", EN: "We found nothing that you need to look at."},
		"finding.SERIOUS":         {NL: "Moet opgelost", EN: "Must be solved"},
		"finding.NOTABLE":         {NL: "Kijk hiernaar", EN: "Look at this"},
		"finding.ADVICE":          {NL: "Advies", EN: "Advice"},
		"finding.count":           {NL: "Dit staat er %s keer.", EN: "It is there %s times."},
		"finding.page":            {NL: "Bekijk pagina", EN: "See page"},
		"finding.hide":            {NL: "Verberg pagina %s voor lezers", EN: "Hide page %s from readers"},
		"finding.reason":          {NL: "Waarom is dit in orde?", EN: "Why is this in order?"},
		"finding.explain":         {NL: "Uitleg opslaan", EN: "Save the explanation"},
		"finding.takeback":        {NL: "Uitleg weghalen", EN: "Take the explanation away"},
		"finding.explained":       {NL: "Uitleg van %s op %s:", EN: "Explanation by %s on %s:"},
		"finding.hidden":          {NL: "De pagina is verborgen voor lezers.", EN: "The page is hidden from readers."},
		"finding.mend":            {NL: "Of upload een verbeterd bestand", EN: "Or upload a mended file"},
		"suggestions.title":       {NL: "Voorstellen uit dit bestand", EN: "Suggestions from this file"},
		"suggestions.intro":       {NL: "Kies wat klopt. Er verandert niets zolang u niet op Overnemen drukt.", EN: "Choose what is right. Nothing changes unless you press Take over."},
		"suggestions.take":        {NL: "Overnemen", EN: "Take over"},
		"suggestions.refuse":      {NL: "Niet meer voorstellen", EN: "Do not suggest again"},
		"suggestions.choose":      {NL: "Kies eerst een of meer voorstellen.", EN: "Choose one or more suggestions first."},
		"sure.high":               {NL: "vrijwel zeker", EN: "almost certain"},
		"sure.middle":             {NL: "waarschijnlijk", EN: "probable"},
		"sure.low":                {NL: "misschien", EN: "perhaps"},
		"work.settings":           {NL: "Naam en voor wie", EN: "Name and for whom"},
		"work.save":               {NL: "Opslaan", EN: "Save"},
		"work.replace":            {NL: "Vervangen door een nieuwe versie", EN: "Replace by a new version"},
		"work.remove":             {NL: "Bestand weghalen", EN: "Remove the file"},
		"work.remove.text":        {NL: "Lezers zien het niet meer zodra deze versie van het materiaal is gepubliceerd.", EN: "Readers do not see it any more once this version of the material is published."},
		"work.similar":            {NL: "Dit bestand lijkt op een ander bestand", EN: "This file looks like another one"},
		"work.newer":              {NL: "Dit is de nieuwe versie: haal het oude bestand weg", EN: "This is the new version: remove the old file"},
		"work.pages.wrong":        {NL: "Typ nummers van pagina's, met komma's ertussen.", EN: "Type numbers of pages, with commas between them."},
		"event.FILE_ADDED":        {NL: "bestand toegevoegd", EN: "file added"},
		"event.FILE_CHANGED":      {NL: "bestand gewijzigd", EN: "file changed"},
		"event.FILE_REMOVED":      {NL: "bestand weggehaald", EN: "file removed"},
		"event.FILE_UNREAD":       {NL: "bestand kon niet worden gelezen", EN: "file could not be read"},
		"event.FINDING_EXPLAINED": {NL: "uitleg gegeven bij een controlepunt", EN: "finding explained"},
		"done.uploaded":           {NL: "Het bestand is binnen. We lezen het nu; dat gaat vanzelf.", EN: "The file is in. We are reading it now; that happens by itself."},
		"done.file":               {NL: "Opgeslagen.", EN: "Saved."},
		"done.taken":              {NL: "De voorstellen zijn overgenomen. Kijk ze na in de tekst.", EN: "The suggestions were taken over. Check them in the text."},
		"done.refused":            {NL: "Deze voorstellen doen we niet meer.", EN: "We will not make these suggestions again."},
		"done.removed":            {NL: "Het bestand is weggehaald.", EN: "The file was removed."},
		"done.hidden":             {NL: "De pagina is verborgen voor lezers.", EN: "The page is hidden from readers."},
		"done.explained":          {NL: "Uw uitleg is opgeslagen. De redactie leest die ook.", EN: "Your explanation was saved. The editors read it as well."},
	}
}

// sureness is a confidence in words.
func sureness(confidence float64) message {
	switch {
	case confidence >= 0.9:
		return "sure.high"
	case confidence >= 0.6:
		return "sure.middle"
	}
	return "sure.low"
}

// audienceField asks for whom a file is.
func audienceField() field {
	return choose("visibility", "Zichtbaar voor", "Visible for",
		value{"PUBLIC", kb.Text{NL: "iedereen voor wie het materiaal is", EN: "everyone for whom the material is"}},
		value{"MEMBERS", kb.Text{NL: "alleen leden", EN: "members only"}},
		value{"TEAM", kb.Text{NL: "één leerkring of organisatie", EN: "one learning circle or organisation"}},
	)
}
