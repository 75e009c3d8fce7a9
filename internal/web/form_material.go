package web

import "leerkring/internal/kb"

const namesNL, namesEN = "Eén naam per regel. Een adres van een pagina op deze site mag ook.", "One name per line. The address of a page on this site is fine too."

// materialSets ask what all kinds of material have, around what is special to one.
func materialSets(titleNL, titleEN string, own ...fieldset) []fieldset {
	first := fieldset{kb.Text{NL: "Het belangrijkste", EN: "The main things"}, []field{
		ask("title", line, titleNL, titleEN).needed(),
		ask("summary", plainly, "Samenvatting", "Summary").needed().
			explained("Waar gaat het over, in een paar zinnen? Dit staat in de zoekresultaten.", "What is it about, in a few sentences? This stands in the search results."),
		ask("themes", themes, "Thema's", "Themes").needed(),
	}}
	rest := fieldset{kb.Text{NL: "Vindbaar maken", EN: "Making it easy to find"}, []field{
		refer("regions", many, "Regio's", "Regions", "Region").explained("Eén gemeente, provincie of regio per regel: een naam of een code, zoals GM0344.", "One municipality, province or region per line: a name or a code, like GM0344."),
		refer("organisations", many, "Organisaties", "Organisations", "Organisation").explained(namesNL, namesEN),
		refer("people", many, "Personen", "People", "Person").explained(namesNL, namesEN),
		ask("keywords", lines, "Trefwoorden", "Keywords").explained("Andere woorden waarop collega's zoeken. Eén per regel.", "Other words that colleagues search for. One per line."),
		choose("collaboration", "Samenwerking", "Collaboration",
			value{"INTERNAL", kb.Text{NL: "binnen de eigen organisatie", EN: "within the organisation"}},
			value{"REGIONAL", kb.Text{NL: "met buren in de regio", EN: "with neighbours in the region"}},
			value{"SOCIETY", kb.Text{NL: "met inwoners, bedrijven en instellingen", EN: "with inhabitants, business and institutions"}}),
		refer("seeAlso", many, "Hoort bij", "Belongs with", "Case", "Publication", "Presentation", "Lesson").
			explained("Ander materiaal: één titel of adres per regel.", "Other material: one title or address per line."),
		choose("language", "Taal van de tekst", "Language of the text", value{"nl", kb.Text{NL: "Nederlands", EN: "Dutch"}}, value{"en", kb.Text{NL: "Engels", EN: "English"}},
			value{"de", kb.Text{NL: "Duits", EN: "German"}}, value{"fr", kb.Text{NL: "Frans", EN: "French"}}, value{"fy", kb.Text{NL: "Fries", EN: "Frisian"}}),
		ask("licence", line, "Licentie", "Licence").explained("Hoe anderen de tekst mogen gebruiken, bijvoorbeeld CC BY 4.0.", "How others may use the text, for example CC BY 4.0."),
		ask("reviewBy", day, "Opnieuw bekijken op", "To be looked at again on").explained("Dan vragen we of het nog klopt. Bijvoorbeeld 2027-01 of 12-3-2027.", "Then we ask whether it is still correct. For example 2027-01 or 2027-03-12."),
	}}
	return append(append([]fieldset{first}, own...), rest, headSets())
}

func told(name, nl, en, helpNL, helpEN string) field {
	return ask(name, prose, nl, en).explained(helpNL, helpEN)
}

func bodyField() field {
	return ask("body", prose, "Overige tekst", "Other text").explained("U mag Markdown gebruiken: # voor een kop, * voor een lijst.", "You may use Markdown: # for a heading, * for a list.")
}

func period(nl, en string) field {
	return together("period", group, nl, en, ask("from", day, "Van", "From").explained("Bijvoorbeeld 2024 of 2024-03", "For example 2024 or 2024-03"), ask("to", day, "Tot en met", "Up to"))
}

const onePerLineNL, onePerLineEN = "Eén per regel.", "One per line."

func caseForm() []fieldset {
	return materialSets("Titel", "Title",
		fieldset{kb.Text{NL: "De casus", EN: "The case"}, []field{
			choose("phase", "Fase", "Phase", value{"EXPLORING", kb.Text{NL: "verkenning", EN: "exploring"}}, value{"PREPARING", kb.Text{NL: "voorbereiding", EN: "preparing"}},
				value{"RUNNING", kb.Text{NL: "uitvoering", EN: "running"}}, value{"FINISHED", kb.Text{NL: "afgerond", EN: "finished"}}, value{"STOPPED", kb.Text{NL: "gestopt", EN: "stopped"}}),
			period("Wanneer", "When"),
			together("partners", rows, "Partner", "Partner", refer("organisation", one, "Organisatie", "Organisation", "Organisation"), ask("role", line, "Rol", "Role")),
			told("background", "Aanleiding", "Background", "Wat was er aan de hand?", "What was at stake?"),
			told("objective", "Doel", "Objective", "Wat wilde u bereiken?", "What did you want to bring about?"),
			told("approach", "Aanpak", "Approach", "Wat deed u, stap voor stap?", "What did you do, step by step?"),
			told("collaborationForm", "Samenwerking", "Collaboration", "Hoe werkte u samen, en met wie?", "How did you work together, and with whom?"),
			told("resources", "Geld, mensen en tijd", "Money, people and time", "Wat kostte het?", "What did it take?"),
		}},
		fieldset{kb.Text{NL: "Wat het opleverde", EN: "What came of it"}, []field{
			told("results", "Resultaten", "Results", "Wat is er anders dan eerst?", "What is different now?"),
			ask("indicators", lines, "Indicatoren", "Indicators").explained("Waaraan meet u het resultaat? "+onePerLineNL, "By what do you measure the result? "+onePerLineEN),
			ask("successFactors", lines, "Wat hielp", "What helped").explained(onePerLineNL, onePerLineEN),
			ask("obstacles", lines, "Wat in de weg stond", "What stood in the way").explained(onePerLineNL, onePerLineEN),
			ask("lessons", lines, "Wat we leerden", "What we learned").explained(onePerLineNL, onePerLineEN),
			told("transferability", "Wat anderen kunnen overnemen", "What others can take over", "En wat is daarvoor nodig?", "And what does that take?"),
			told("nextSteps", "Hoe het verdergaat", "What comes next", "", ""),
			bodyField(),
			refer("contacts", many, "Wie kan meer vertellen?", "Who can tell more?", "Person").explained(namesNL, namesEN),
		}},
	)
}

func publicationForm() []fieldset {
	return materialSets("Titel", "Title", fieldset{kb.Text{NL: "De publicatie", EN: "The publication"}, []field{
		ask("publicationKind", line, "Soort", "Kind").explained("Bijvoorbeeld rapport of artikel.", "For example report or article."),
		ask("authors", lines, "Auteurs", "Authors").explained(onePerLineNL, onePerLineEN),
		ask("publisher", line, "Uitgever", "Publisher"),
		ask("issued", day, "Verschenen", "Issued").explained("Bijvoorbeeld 2024 of 2024-03.", "For example 2024 or 2024-03."),
		ask("edition", line, "Druk", "Edition"),
		ask("series", line, "Reeks", "Series"),
		ask("pages", number, "Aantal bladzijden", "Number of pages"),
		ask("isbn", line, "ISBN", "ISBN"),
		ask("doi", line, "DOI", "DOI").explained("Bijvoorbeeld 10.1000/182.", "For example 10.1000/182."),
		refer("replaces", one, "Vervangt", "Replaces", "Publication").explained("De titel of het adres van de oudere publicatie.", "The title or the address of the older publication."),
		told("abstract", "Kort gezegd", "Abstract", "", ""),
		bodyField(),
	}})
}

func pillarField() field {
	return choose("pillar", "Onderdeel van de bijeenkomst", "Part of the meeting", value{"UPDATES", kb.Text{NL: "actualiteiten", EN: "updates"}}, value{"PEER_CONSULTATION", kb.Text{NL: "intervisie", EN: "peer consultation"}},
		value{"DEEP_DIVE", kb.Text{NL: "verdieping", EN: "deep dive"}}, value{"PROJECT_VISIT", kb.Text{NL: "projectbezoek", EN: "project visit"}})
}

func presentationForm() []fieldset {
	return materialSets("Titel", "Title", fieldset{kb.Text{NL: "De presentatie", EN: "The presentation"}, []field{
		refer("speakers", many, "Sprekers", "Speakers", "Person").explained(namesNL, namesEN),
		refer("meeting", one, "Bijeenkomst", "Meeting", "Meeting").explained("De naam of het adres.", "The name or the address."),
		pillarField(),
		ask("givenAt", day, "Gegeven op", "Given on"),
		ask("slides", number, "Aantal dia's", "Number of slides"),
		ask("takeaways", lines, "Om te onthouden", "To remember").explained(onePerLineNL, onePerLineEN),
		ask("consent", yesNo, "Sprekers vinden publicatie goed", "Speakers agree to publication"),
		bodyField(),
	}})
}

func lessonForm() []fieldset {
	return materialSets("Titel", "Title", fieldset{kb.Text{NL: "De les", EN: "The lesson"}, []field{
		told("statement", "De les in één zin", "The lesson in one sentence", "", "").needed(),
		told("context", "Waar we het leerden", "Where we learned it", "", ""),
		told("explanation", "Waarom het zo is", "Why it is so", "", ""),
		told("advice", "Wat u ermee kunt", "What to do with it", "", ""),
		choose("outcome", "Uitkomst", "Outcome", value{"WORKED", kb.Text{NL: "het werkte", EN: "it worked"}}, value{"PARTLY", kb.Text{NL: "het werkte deels", EN: "it worked in part"}}, value{"DID_NOT", kb.Text{NL: "het werkte niet", EN: "it did not work"}}),
		together("learnedFrom", group, "Geleerd van", "Learned from",
			refer("record", one, "Casus, presentatie of bijeenkomst", "Case, presentation or meeting", "Case", "Publication", "Presentation", "Lesson", "Meeting"),
			ask("quote", plainly, "In de woorden van toen", "In the words of then")),
		ask("appliesTo", lines, "Geldt voor", "Applies to").explained(onePerLineNL, onePerLineEN),
		bodyField(),
	}})
}
