package eval_test

import (
	"slices"
	"testing"

	"leerkring/internal/kb"
)

// example is a search with a record that must be among the first hits, whatever
// the ranking.
type example struct {
	query  string
	find   string // id in the sample collection
	within int
	why    string
}

func examples() []example {
	return []example{
		{"huis", "casus-oldambt-huizen-samenvoegen", 10, "huizen is the plural of huis"},
		{"huisje in de tuin", "publicatie-factsheet-mantelzorgwoning", 2, "huisje is a small huis; the title has een huis in de tuin"},
		{"eiland", "casus-terschelling-eilandhuizen", 2, "eiland is a part of eilandhuizen and a keyword"},
		{"gesloopte flat", "presentatie-afscheid-van-de-flat", 2, "gesloopte is a form of slopen"},
		{"winkel", "casus-deventer-binnenstad", 3, "winkels is the plural"},
		{"hubs", "casus-goes-mobiliteitshub", 5, "hub is a part of mobiliteitshub"},
		{"dorpen", "casus-eemsdelta-dorp-verduurzamen", 5, "dorp is the singular"},

		{"regio arbeidsmarkt", "publicatie-factsheet-arbeidsmarktregio", 5, "the parts of arbeidsmarktregio apart"},
		{"arbeidsmarkt-regio", "publicatie-factsheet-arbeidsmarktregio", 5, "a hyphen makes no other word"},
		{"arbeids markt regio", "publicatie-factsheet-arbeidsmarktregio", 5, "all parts apart"},
		{"bedrijven terrein", "casus-tilburg-de-ketting", 10, "bedrijventerrein apart"},
		{"mantelzorg woning", "publicatie-factsheet-mantelzorgwoning", 2, "mantelzorgwoning apart"},
		{"woon deal", "publicatie-handreiking-woondeal-2", 4, "woondeal apart"},
		{"vrachtwagenparkeren", "casus-haarlemmermeer-truckparkeren", 3, "vrachtwagens and parkeren stand apart in the text"},
		{"recreatiewoning", "casus-schouwen-toerisme", 1, "a compound in the singular"},
		{"omgevings visie", "casus-noordoostpolder-omgevingsvisie", 1, "omgevingsvisie apart"},

		{"bedrijventerein", "casus-tilburg-de-ketting", 10, "an r too few"},
		{"mantelzorgwonign", "publicatie-factsheet-mantelzorgwoning", 3, "two letters changed places"},
		{"ondermijing", "casus-zaanstad-schoon-terrein", 2, "an n too few"},
		{"arbiedsmigranten", "publicatie-convenant-arbeidsmigranten", 3, "two letters changed places inside a part"},
		{"Schouwen-Duivenland", "casus-schouwen-toerisme", 1, "a name that is often misspelt"},
		{"Femke Dijkgraf", "publicatie-evaluatie-flexwonen", 10, "a name with a letter too few"},

		{"Achterhoek", "casus-achterhoek-woondeal", 2, "a region by its name; the lesson of the same woondeal is as right"},
		{"Winschoten", "casus-oldambt-huizen-samenvoegen", 2, "merged into Oldambt in 2010"},
		{"Boxmeer", "casus-cuijk-lege-stallen", 1, "merged into Land van Cuijk in 2022"},
		{"Delfzijl", "casus-eemsdelta-dorp-verduurzamen", 2, "merged into Eemsdelta in 2021"},
		{"Twente", "casus-enschede-grenswerk", 2, "Enschede lies in this labour-market region"},
		{"Friesland", "casus-noardeast-dorpswinkel", 3, "another name of Fryslân"},
		{"Skylge", "casus-terschelling-eilandhuizen", 1, "the Frisian name of Terschelling"},
		{"Noardeast Fryslan", "casus-noardeast-dorpswinkel", 1, "without hyphen and circumflex"},
		{"gemeente huizen", "casus-huizen-jeugdhulp-huisarts", 3, "a municipality whose name is a word"},

		{"industrieterrein", "casus-tilburg-de-ketting", 10, "a synonym of the theme bedrijventerreinen"},
		{"klimaat adaptatie", "casus-amersfoort-koele-wijk", 3, "a theme apart"},
		{"kringlooplandbouw circulaire economie", "casus-emmen-bouwhub", 3, "a theme beside a word that nobody wrote"},
		{"Wmo", "casus-heuvelrug-mantelzorgwoning", 5, "an abbreviation in capitals"},
		{"wmo", "casus-assen-team-wonen-zorg", 5, "the same in small letters"},
		{"OV", "casus-roerdalen-grensbus", 7, "a synonym of the theme openbaar vervoer"},
		{"201 centimeter", "les-201-centimeter", 1, "a number"},

		{"Hoe lang duurt het voordat ik een mantelzorgwoning mag plaatsen?", "casus-heuvelrug-mantelzorgwoning", 3, "a question in a whole sentence"},
		{"wat doe je als niemand in de bus stapt", "casus-roerdalen-grensbus", 5, "a question in plain words"},
		{"waarom mogen wij geen zwaardere stroomaansluiting", "casus-rotterdam-energiehub", 5, "stroom and aansluiting stand apart in the text"},
		{"\"eigenaren eerst\"", "casus-tilburg-de-ketting", 1, "a phrase of a title"},
		{"job center three provinces", "publicatie-working-across-borders", 1, "English, in the American spelling"},
		{"guide for learning circles", "publicatie-learning-from-failure", 1, "English"},

		{"De monitor die we na twee pogingen stopten", "presentatie-monitor-gestopt", 1, "a whole title"},
		{"een subsidie is geen begroting", "les-subsidie-is-geen-begroting", 1, "a whole title in small letters"},
		{"Anneke Hofstra", "presentatie-mandaat-in-negen-zinnen", 5, "a speaker"},
		{"Rachid Bouzian column", "publicatie-column-vergadering", 1, "an author with a kind of text"},
		{"Bureau Vierhoek", "publicatie-handreiking-woondeal-2", 5, "an organisation"},
		{"de dorpel", "presentatie-afscheid-van-de-flat", 2, "the other name of an organisation"},
	}
}

// TestExamples are searches that must find what they look for.
func TestExamples(t *testing.T) {
	c := openSample(t)
	for _, e := range examples() {
		found := c.find(t, kb.SearchRequest{Text: e.query})
		if at := slices.Index(found, e.find); at < 0 || at >= e.within {
			t.Errorf("%q must find %s in the first %d (%s); it stands at %d of %d", e.query, e.find, e.within, e.why, at+1, len(found))
		}
	}
}

// Records that a visitor may not read are not found, not even by words of theirs
// that no other record has.
func TestHiddenRecordsAreNotFound(t *testing.T) {
	c := openSample(t)
	for word, hidden := range map[string]string{
		"zeearend": "casus-concept-lelystad-haven", "lepelaar": "casus-leden-begroting-regio", "kwartelkoning": "les-team-alleen-kring",
		"roerdomp": "presentatie-concept-woonzorg", "grutto": "publicatie-in-beoordeling-zonneladder",
	} {
		if found := c.find(t, kb.SearchRequest{Text: word}); slices.Contains(found, hidden) {
			t.Errorf("%q finds %s", word, hidden)
		}
	}
}
