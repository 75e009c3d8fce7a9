package exchange

import (
	"reflect"
	"strings"
	"unicode"

	"leerkring/internal/kb"
)

// foldName makes field names comparable: "gemeente_code", "Gemeente code" and
// "gemeenteCode" are one name.
func foldName(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// foreignNames gives other (folded) names for our fields, best first. Our own
// name always comes before them.
func foreignNames() map[string][]string {
	return map[string][]string{
		"type":             {"soortrecord"},
		"id":               {"identifier", "kenmerk", "nummer"},
		"source":           {"bron", "collectie"},
		"title":            {"titel", "onderwerp", "subject", "headline", "naam", "name"},
		"name":             {"naam", "title", "titel"},
		"prefLabel":        {"label", "naam", "name", "title", "titel"},
		"summary":          {"samenvatting", "omschrijving", "beschrijving", "description", "inleiding"},
		"body":             {"text", "tekst", "content", "inhoud", "volledigetekst"},
		"themes":           {"theme", "themas", "thema"},
		"keywords":         {"keyword", "trefwoorden", "trefwoord", "tags", "tag"},
		"regions":          {"region", "regiocode", "gemeentecode", "regios", "regio", "gemeenten", "gemeente", "municipality", "arbeidsmarktregio", "provincie", "province"},
		"publishedAt":      {"date", "datum", "published", "publicatiedatum", "pubdate", "jaar", "year"},
		"language":         {"taal", "lang"},
		"licence":          {"license", "licentie"},
		"url":              {"link", "uri", "webadres", "bronurl"},
		"publicationKind":  {"kind", "soort", "documentsoort"},
		"authors":          {"author", "auteurs", "auteur", "schrijver"},
		"publisher":        {"uitgever", "organisatie", "organisation", "organization"},
		"issued":           {"uitgegeven"},
		"pages":            {"paginas", "aantalpaginas"},
		"organisations":    {"organisaties"},
		"people":           {"personen"},
		"collaboration":    {"samenwerking", "samenwerkingsniveau"},
		"visibility":       {"zichtbaarheid"},
		"related":          {"verwant", "gerelateerd"},
		"phase":            {"fase"},
		"background":       {"aanleiding", "achtergrond"},
		"objective":        {"doel", "doelstelling"},
		"approach":         {"aanpak"},
		"results":          {"resultaat", "resultaten"},
		"lessons":          {"lessen"},
		"successFactors":   {"succesfactoren"},
		"obstacles":        {"knelpunten", "obstakels"},
		"nextSteps":        {"vervolg", "vervolgstappen"},
		"speakers":         {"sprekers", "spreker"},
		"givenAt":          {"gegevenop"},
		"statement":        {"les"},
		"advice":           {"advies"},
		"organisation":     {"organisatie"},
		"function":         {"functie"},
		"expertise":        {"deskundigheid"},
		"circle":           {"leerkring"},
		"start":            {"begin"},
		"end":              {"einde", "eind"},
		"venue":            {"locatie"},
		"programme":        {"programma"},
		"organisationKind": {"kind", "soort"},
		"regionKind":       {"kind", "soort"},
		"city":             {"plaats"},
		"synonyms":         {"synoniemen"},
		"definition":       {"definitie"},
	}
}

// kindNames are the (folded) words for kinds of records that an import takes, one
// record or many.
func kindNames() map[string]kb.Kind {
	return map[string]kb.Kind{
		"case": kb.KindCase, "cases": kb.KindCase, "casus": kb.KindCase, "casussen": kb.KindCase,
		"publication": kb.KindPublication, "publications": kb.KindPublication,
		"publicatie": kb.KindPublication, "publicaties": kb.KindPublication,
		"presentation": kb.KindPresentation, "presentations": kb.KindPresentation,
		"presentatie": kb.KindPresentation, "presentaties": kb.KindPresentation,
		"lesson": kb.KindLesson, "lessons": kb.KindLesson, "lessonlearned": kb.KindLesson, "lessonslearned": kb.KindLesson,
		"les": kb.KindLesson, "lessen": kb.KindLesson, "geleerdeles": kb.KindLesson, "geleerdelessen": kb.KindLesson,
		"theme": kb.KindTheme, "themes": kb.KindTheme, "thema": kb.KindTheme, "themas": kb.KindTheme,
		"region": kb.KindRegion, "regions": kb.KindRegion, "regio": kb.KindRegion, "regios": kb.KindRegion,
		"organisation": kb.KindOrganisation, "organisations": kb.KindOrganisation,
		"organisatie": kb.KindOrganisation, "organisaties": kb.KindOrganisation,
		"person": kb.KindPerson, "people": kb.KindPerson, "persoon": kb.KindPerson, "personen": kb.KindPerson,
		"deelnemer": kb.KindPerson, "deelnemers": kb.KindPerson, "expert": kb.KindPerson, "experts": kb.KindPerson,
		"learningcircle": kb.KindLearningCircle, "learningcircles": kb.KindLearningCircle,
		"leerkring": kb.KindLearningCircle, "leerkringen": kb.KindLearningCircle,
		"meeting": kb.KindMeeting, "meetings": kb.KindMeeting,
		"bijeenkomst": kb.KindMeeting, "bijeenkomsten": kb.KindMeeting,
	}
}

// field is one settable field of a kind.
type field struct {
	name  string   // as in our JSON
	folds []string // the names it is read from, best first
	index []int
}

// bookkeeping are fields of ours that an import never takes from outside, or
// (id, origin) makes itself.
func bookkeeping() map[string]bool {
	return map[string]bool{
		"id": true, "origin": true, "createdBy": true, "updatedAt": true,
		"updatedBy": true, "publishedBy": true, "version": true,
	}
}

// fieldsOf lists the settable fields of a kind from the tags of its type.
func fieldsOf(k kb.Kind, mapped map[string]string) []field {
	e, _ := kb.New(k) // kindNames holds kinds that exist
	foreign, skip := foreignNames(), bookkeeping()
	var out []field
	for _, f := range reflect.VisibleFields(reflect.TypeOf(e).Elem()) {
		name := jsonName(f)
		if f.Anonymous || name == "" || skip[name] {
			continue
		}
		out = append(out, field{name: name, folds: namesFor(name, foreign, mapped), index: f.Index})
	}
	return out
}

// namesFor gives the folded names under which a field may come, best first.
func namesFor(name string, foreign map[string][]string, mapped map[string]string) []string {
	var folds []string
	if column, ok := mapped[foldName(name)]; ok {
		folds = append(folds, foldName(column))
	}
	folds = append(folds, foldName(name))
	return append(folds, foreign[name]...)
}

func jsonName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	if name == "-" {
		return ""
	}
	return name
}
