package web

import "leerkring/internal/kb"

func set(nl, en string, fields ...field) fieldset {
	return fieldset{kb.Text{NL: nl, EN: en}, fields}
}

func themeForm() []fieldset {
	return []fieldset{
		set("Het thema", "The theme",
			together("labels", group, "Naam", "Name", ask("nl", line, "In het Nederlands", "In Dutch").needed(), ask("en", line, "In het Engels", "In English")),
			ask("synonyms", lines, "Andere woorden", "Other words").explained("Wat mensen typen die dit bedoelen. "+onePerLineNL, "What people type who mean it. "+onePerLineEN),
			told("definition", "Omschrijving", "Definition", "", ""),
		),
		set("Plaats tussen de thema's", "Place among the themes",
			ask("broader", themes, "Breder", "Broader"), ask("narrower", themes, "Smaller", "Narrower"), ask("related", themes, "Verwant", "Related"),
			ask("tooi", line, "TOOI-adres", "TOOI uri"),
			choose("tooiMatch", "Overeenkomst met TOOI", "Match with TOOI", value{"exact", kb.Text{NL: "precies", EN: "exact"}}, value{"close", kb.Text{NL: "bijna", EN: "close"}},
				value{"broad", kb.Text{NL: "TOOI is breder", EN: "TOOI is broader"}}, value{"narrow", kb.Text{NL: "TOOI is smaller", EN: "TOOI is narrower"}}),
		),
		headSets(),
	}
}

func regionForm() []fieldset {
	kind := choose("regionKind", "Soort", "Kind", value{"MUNICIPALITY", kb.Text{NL: "gemeente", EN: "municipality"}}, value{"PROVINCE", kb.Text{NL: "provincie", EN: "province"}},
		value{"COROP", kb.Text{NL: "COROP-gebied", EN: "COROP region"}}, value{"LABOUR_MARKET_REGION", kb.Text{NL: "arbeidsmarktregio", EN: "labour-market region"}}).sentAs("kind").needed()
	return []fieldset{
		set("De regio", "The region",
			ask("name", line, "Naam", "Name").needed(), kind,
			ask("code", line, "Code van het CBS", "CBS code").needed().explained("Bijvoorbeeld GM0344.", "For example GM0344."),
			ask("also", lines, "Andere namen", "Other names").explained(onePerLineNL, onePerLineEN),
			ask("population", number, "Aantal inwoners", "Number of inhabitants"),
			refer("parents", many, "Hoort bij", "Belongs to", "Region").explained("Provincie, COROP-gebied en arbeidsmarktregio. "+onePerLineNL, "Province, COROP region and labour-market region. "+onePerLineEN),
			refer("municipalities", many, "Gemeenten", "Municipalities", "Region").explained(onePerLineNL, onePerLineEN),
			ask("validFrom", day, "Bestaat sinds", "Exists since"), ask("validTo", day, "Bestond tot", "Existed until"),
			refer("succeededBy", many, "Opgegaan in", "Became part of", "Region").explained(onePerLineNL, onePerLineEN),
		),
		headSets(),
	}
}

func organisationForm() []fieldset {
	return []fieldset{
		set("De organisatie", "The organisation",
			ask("name", line, "Naam", "Name").needed(),
			ask("also", lines, "Afkortingen en andere namen", "Abbreviations and other names").explained(onePerLineNL, onePerLineEN),
			ask("organisationKind", line, "Soort", "Kind").sentAs("kind").explained("Bijvoorbeeld gemeente of hogeschool.", "For example municipality or university."),
			ask("city", line, "Plaats", "City"),
			ask("website", line, "Website", "Website").explained("Een adres dat begint met https://", "An address that begins with https://"),
			refer("cbsCode", one, "Bestuurt de regio", "Governs the region", "Region").explained("Naam of code.", "Name or code."),
			refer("members", many, "Leden", "Members", "Organisation").explained(namesNL, namesEN),
			ask("tooi", line, "TOOI-adres", "TOOI uri"),
			ask("validFrom", day, "Bestaat sinds", "Exists since"), ask("validTo", day, "Bestond tot", "Existed until"),
		),
		headSets(),
	}
}

// reachable asks a way to reach someone, and for whom it is.
func reachable(name, nl, en string) field {
	return together(name, group, nl, en,
		ask("value", line, nl, en),
		choose("visibility", "Zichtbaar voor", "Visible for", value{"PUBLIC", kb.Text{NL: "iedereen", EN: "everyone"}}, value{"MEMBERS", kb.Text{NL: "leden", EN: "members"}}, value{"TEAM", kb.Text{NL: "alleen mijn teams", EN: "only my teams"}}))
}

// profileFields are what a person says of themselves.
func profileFields() []field {
	return []field{
		ask("name", line, "Naam", "Name").needed().filled("name"),
		ask("function", line, "Functie", "Function").filled("organization-title"),
		refer("organisation", one, "Organisatie", "Organisation", "Organisation").explained("De naam of het adres.", "The name or the address."),
		ask("expertise", lines, "Waar weet u veel van?", "What do you know about?").explained(onePerLineNL, onePerLineEN),
		refer("regions", many, "Regio's", "Regions", "Region").explained("Eén naam of code per regel.", "One name or code per line."),
		told("bio", "Over deze persoon", "About this person", "", ""),
		reachable("email", "E-mailadres", "E-mail address"),
		reachable("phone", "Telefoonnummer", "Telephone number"),
		ask("consent", yesNo, "Staat graag in de lijst met personen", "Agrees to be listed").
			explained("Zonder toestemming staat iemand niet in de lijst en niet in de zoekresultaten.", "Without consent a person is not listed and not found."),
	}
}

func personForm() []fieldset {
	return []fieldset{{kb.Text{NL: "De persoon", EN: "The person"}, profileFields()}, headSets()}
}

func circleForm() []fieldset {
	return []fieldset{
		set("De leerkring", "The learning circle",
			ask("name", line, "Naam", "Name").needed(),
			ask("summary", plainly, "Samenvatting", "Summary").needed(),
			told("goal", "Doel", "Goal", "", ""),
			ask("learningQuestions", lines, "Leervragen", "Learning questions").explained(onePerLineNL, onePerLineEN),
			ask("themes", themes, "Thema's", "Themes"),
			refer("regions", many, "Regio's", "Regions", "Region").explained("Eén naam of code per regel.", "One name or code per line."),
			period("Periode", "Period"),
		),
		set("Meedoen", "Taking part",
			refer("organisers", many, "Organisatoren", "Organisers", "Organisation").explained(namesNL, namesEN),
			refer("facilitators", many, "Begeleiders", "Facilitators", "Person").explained(namesNL, namesEN),
			refer("participants", many, "Deelnemers", "Participants", "Person").explained(namesNL, namesEN),
			ask("capacity", number, "Aantal plaatsen", "Number of places"),
			choose("registration", "Aanmelden", "Registration", value{"PLANNED", kb.Text{NL: "nog niet", EN: "not yet"}}, value{"OPEN", kb.Text{NL: "kan", EN: "open"}}, value{"FULL", kb.Text{NL: "vol", EN: "full"}}, value{"CLOSED", kb.Text{NL: "gesloten", EN: "closed"}}),
			told("outcomes", "Wat het opleverde", "What came of it", "", ""),
		),
		headSets(),
	}
}

func meetingForm() []fieldset {
	return []fieldset{
		set("De bijeenkomst", "The meeting",
			ask("name", line, "Naam", "Name").needed(),
			refer("circle", one, "Leerkring", "Learning circle", "LearningCircle").explained("De naam of het adres.", "The name or the address."),
			ask("number", number, "Nummer in de leerkring", "Number in the learning circle"),
			ask("start", moment, "Begint", "Starts"), ask("end", moment, "Eindigt", "Ends"),
			refer("host", one, "Gastheer", "Host", "Organisation").explained("De naam van de organisatie.", "The name of the organisation."),
			refer("hostCity", one, "Gemeente", "Municipality", "Region").explained("Naam of code.", "Name or code."),
			ask("venue", line, "Gebouw", "Building"),
			ask("summary", plainly, "Samenvatting", "Summary"),
			ask("themes", themes, "Thema's", "Themes"),
		),
		set("Programma", "Programme",
			together("programme", rows, "Onderdeel", "Item", pillarField(), ask("title", line, "Titel", "Title"), told("description", "Wat er gebeurt", "What happens", "", ""),
				refer("speakers", many, "Sprekers", "Speakers", "Person").explained(namesNL, namesEN),
				refer("material", many, "Materiaal", "Material", "Case", "Publication", "Presentation", "Lesson").explained("Eén titel of adres per regel.", "One title or address per line.")),
		),
		headSets(),
	}
}

func questionForm() []fieldset {
	return []fieldset{
		set("De vraag", "The question",
			ask("title", line, "De vraag in één zin", "The question in one sentence").needed(),
			told("text", "Toelichting", "Background", "Waarom is dit een vraag, en wat probeerde u al?", "Why is this a question, and what did you try?"),
			refer("askedBy", one, "Van wie is de vraag?", "Who asks?", "Person").explained("De naam of het adres van de persoon.", "The name or the address of the person."),
			ask("themes", themes, "Thema's", "Themes"),
		),
		set("Antwoorden", "Answers",
			together("answers", rows, "Antwoord", "Answer", refer("by", one, "Van wie", "From whom", "Person"), told("text", "Antwoord", "Answer", "", ""),
				refer("material", many, "Materiaal", "Material", "Case", "Publication", "Presentation", "Lesson").explained("Eén titel of adres per regel.", "One title or address per line.")),
		),
		headSets(),
	}
}
