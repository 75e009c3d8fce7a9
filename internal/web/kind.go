package web

import (
	"leerkring/internal/kb"
	"leerkring/internal/web/operations"
)

// kind is a kind of records that people write.
type kind struct {
	// typ is the name of the type in GraphQL, id that in the enumeration RecordKind.
	typ string
	id  operations.RecordKind
	// word is the first segment of the address of its pages.
	word     string
	material bool
	name     kb.Text
	about    kb.Text
	form     func() []fieldset
}

// recordKinds are the kinds in the order in which they are offered.
func recordKinds() []kind {
	return []kind{
		{"Case", operations.RecordKindCase, "casus", true, kb.Text{NL: "Casus", EN: "Case"}, kb.Text{NL: "Wat u samen deed, wat het opleverde en wat u ervan leerde.", EN: "What you did together, what came of it and what you learned."}, caseForm},
		{"Publication", operations.RecordKindPublication, "publicatie", true, kb.Text{NL: "Publicatie", EN: "Publication"}, kb.Text{NL: "Een rapport, artikel of boek.", EN: "A report, an article or a book."}, publicationForm},
		{"Presentation", operations.RecordKindPresentation, "presentatie", true, kb.Text{NL: "Presentatie", EN: "Presentation"}, kb.Text{NL: "Wat een deskundige liet zien.", EN: "What an expert showed."}, presentationForm},
		{"Lesson", operations.RecordKindLesson, "les", true, kb.Text{NL: "Geleerde les", EN: "Lesson learned"}, kb.Text{NL: "Eén les, in een paar zinnen.", EN: "One lesson, in a few sentences."}, lessonForm},
		{"Question", operations.RecordKindQuestion, "vraagstuk", false, kb.Text{NL: "Vraagstuk", EN: "Question"}, kb.Text{NL: "Een vraag aan de anderen.", EN: "A question to the others."}, questionForm},
		{"LearningCircle", operations.RecordKindLearningCircle, "leerkring", false, kb.Text{NL: "Leerkring", EN: "Learning circle"}, kb.Text{NL: "Een groep die samen leert.", EN: "A group that learns together."}, circleForm},
		{"Meeting", operations.RecordKindMeeting, "bijeenkomst", false, kb.Text{NL: "Bijeenkomst", EN: "Meeting"}, kb.Text{NL: "Een dag van een leerkring, met het programma.", EN: "A day of a learning circle, with its programme."}, meetingForm},
		{"Organisation", operations.RecordKindOrganisation, "organisatie", false, kb.Text{NL: "Organisatie", EN: "Organisation"}, kb.Text{NL: "Een gemeente, instelling of bedrijf.", EN: "A municipality, an institution or a company."}, organisationForm},
		{"Person", operations.RecordKindPerson, "persoon", false, kb.Text{NL: "Persoon", EN: "Person"}, kb.Text{NL: "Een deelnemer of deskundige.", EN: "A participant or an expert."}, personForm},
		{"Theme", operations.RecordKindTheme, "thema", false, kb.Text{NL: "Thema", EN: "Theme"}, kb.Text{NL: "Een onderwerp waarop u materiaal vindt.", EN: "A subject under which material is found."}, themeForm},
		{"Region", operations.RecordKindRegion, "regio", false, kb.Text{NL: "Regio", EN: "Region"}, kb.Text{NL: "Een gemeente, provincie of andere indeling.", EN: "A municipality, a province or another division."}, regionForm},
	}
}

// kindOf gives the kind with the name of its type; the zero kind for none.
func kindOf(typ string) kind {
	return kindWhere(func(k kind) bool { return k.typ == typ })
}

// kindAt gives the kind whose pages begin with a word.
func kindAt(word string) kind {
	return kindWhere(func(k kind) bool { return k.word == word })
}

func kindWhere(is func(kind) bool) kind {
	for _, k := range recordKinds() {
		if is(k) {
			return k
		}
	}
	return kind{}
}

// headSets ask what all kinds of records have beside what they say.
func headSets() fieldset {
	return fieldset{kb.Text{NL: "Voor wie is het?", EN: "For whom is it?"}, []field{
		choose("visibility", "Zichtbaar voor", "Visible for",
			value{"PUBLIC", kb.Text{NL: "iedereen", EN: "everyone"}},
			value{"MEMBERS", kb.Text{NL: "leden: iedereen met een account van een lid", EN: "members: everyone with a member's account"}},
			value{"TEAM", kb.Text{NL: "één leerkring of organisatie", EN: "one learning circle or organisation"}},
		).explained("Dit geldt vanaf het moment dat het is gepubliceerd.", "This holds from the moment it is published."),
		refer("team", one, "Leerkring of organisatie", "Learning circle or organisation", "LearningCircle", "Organisation").
			explained("Alleen als het voor één leerkring of organisatie is. Typ de naam.", "Only if it is for one learning circle or organisation. Type the name."),
		ask("embargoUntil", moment, "Niet publiceren vóór", "Not to be published before").
			explained("Laat leeg als het meteen mag.", "Leave empty if it may be at once."),
		ask(slugField, line, "Naam in het adres", "Name in the address").
			explained("Laat leeg: wij maken er een van de titel. Na publicatie verandert het niet meer.", "Leave empty: we make one of the title. After publication it does not change any more."),
	}}
}
