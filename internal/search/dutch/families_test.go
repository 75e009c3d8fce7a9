package dutch

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"testing"

	"leerkring/internal/search/dutch/internal/lexicon"
)

// Who types one word of a line wants texts with the others.
func TestFamiliesMeet(t *testing.T) {
	a := New()
	for line := range strings.SplitSeq(strings.TrimSpace(`
huis huizen huisje huisjes
stad steden stadje stadjes
kaart kaarten kaartje kaartjes
plein pleinen pleintje pleintjes
straat straten straatje straatjes
woning woningen woninkje
gemeente gemeenten gemeentes GEMEENTEN
regio regio's regios Regio’s
beleid beleids
bestuur besturen bestuurt bestuurde bestuurd
raad raden raads
raadslid raadsleden
lid leden
wet wetten
plan plannen geplande gepland
bestemmingsplan bestemmingsplannen
klimaatbestendigheidsplan klimaatbestendigheidsplannen
arbeidsmarktregio arbeidsmarktregio's arbeidsmarkt-regio's
schema schema's
museum musea museums
centrum centra
criterium criteria
kind kinderen kindje
ambtenaar ambtenaren
bewoner bewoners
jongere jongeren
oudere ouderen
ouder ouders
werkloze werklozen werkloos
gehandicapte gehandicapten
mogelijkheid mogelijkheden
activiteit activiteiten
theorie theorieën
idee ideeën
industrie industrieën
school scholen schooltje
weg wegen
brief brieven
initiatief initiatieven
bedrijf bedrijven bedrijfje
maatregel maatregelen
ziekenhuis ziekenhuizen
uitgave uitgaven
opgave opgaven
fase fasen fases
keuze keuzes keuzen
provincie provincies
vraag vragen vraagt gevraagd
lopen loopt liep liepen gelopen lopend lopende
wonen woont woonde gewoond wonende
leven leeft leefde geleefd
werken werkt werkte gewerkt werkend werk
samenwerken samenwerkt samengewerkt samenwerkend
ontwikkelen ontwikkelt ontwikkeld ontwikkelde ontwikkelende
verkopen verkoopt verkocht verkochte verkoop
kopen koopt kocht gekocht
bouwen bouwt bouwde gebouwd
aanbieden aanbiedt aangeboden
aanvaarden aanvaardt aanvaard aanvaarde
schorsen schorst geschorst
werkwijze werkwijzen
zienswijze zienswijzen
bieden biedt bood geboden
besluiten besluit besloot
vaststellen vastgesteld vastgestelde
uitvoeren uitvoert uitgevoerd uitgevoerde
ondersteunen ondersteunt ondersteund ondersteunde
verhuizen verhuist verhuisd verhuisde
bespreken bespreekt besprak besproken
spreken spreekt sprak gesproken
schrijven schrijft schreef geschreven
nemen neemt nam genomen
opnemen opneemt opgenomen
gaan gaat ging gegaan
staan stond gestaan
bestaan bestaat bestond bestaande
zien ziet zag gezien
doen doet deed gedaan
denken denkt dacht gedacht
vinden vindt vond gevonden
krijgen krijgt kreeg gekregen
beperken beperkt beperkte
melden meldt gemeld gemelde
gebeuren gebeurt gebeurde gebeurd
realiseren realiseert gerealiseerd gerealiseerde
groot grote groter grotere grootst grootste
hoog hoge hoger hogere hoogste
klein kleine kleiner kleinere
duurzaam duurzame duurzamer
sociaal sociale
openbaar openbare
veilig veilige veiliger
regionaal regionale
cultureel culturele kultureel kulturele
actie acties aktie akties
product producten produkt produkten
actief actieve
maatschappelijk maatschappelijke
Utrecht Utrechtse Utrechts
Nederland Nederlandse Nederlands
house houses housing
policy policies
municipality municipalities
city cities
`), "\n") {
		words := strings.Fields(line)
		for _, w := range words {
			if got, want := a.Term(w), a.Term(words[0]); got != want || got == "" {
				t.Errorf("%s is %q, %s is %q", w, got, words[0], want)
			}
		}
	}
}

// Who types the one word does not want texts with the other.
func TestOthersDoNotMeet(t *testing.T) {
	a := New()
	for line := range strings.SplitSeq(strings.TrimSpace(`
gemeente gemeentelijk
wonen woning
wonen bewoner
woning woningbouw
besturen bestuurder
besluit besloten
verkeer verkeerd
verkeer vervoer
ouder oudere
ouder oud
jongere jong
weg wegen-en-verkeerswet
waarde waard
zonder zon
warmte warmen
bis bi
maart maar
gezond zon
geweld wel
gewoon wonen
genoeg noemen
gericht recht
regel regie
regio regime
raad raam
wet weten
werk werf
zorg zorgvuldig
markt merk
arbeid arbeider
inkomen komen
vermogen mogen
overleg leggen
uitkering keren
gegeven geven
geval vallen
gebied bieden
gebouw bouwen
gebruik ruiken
gedrag dragen
geluid luiden
beleid leiden
verslag slaan
verhuur huur
verkoop koop
aanbod bod
opgave gave
ontwikkeling wikkel
organisatie orgaan
universiteit universeel
stad staat
plan plant
data datum
centrale centraal
bank bang
beter goed
Groningen groen
Leiden leidt
Maarssen maar
Assen as
Vries vriezen
Delft delven
Huizen Huizinga
Wmo Wlz
policy police
universal university
`), "\n") {
		w := strings.Fields(line)
		if one, other := a.Term(w[0]), a.Term(w[1]); one == other && one != "" {
			t.Errorf("%s and %s are both %q", w[0], w[1], one)
		}
	}
}

// Names of places and people are what they are.
func TestNamesStay(t *testing.T) {
	a := New()
	for _, name := range strings.Fields(`Groningen Maarssen Vries Utrecht Amersfoort Waddinxveen Nieuwegein Assen Kampen
		Leiden Delft Putten Bergen Woerden Wierden Duiven Losser Laren Dongen Krimpen Asten Vaals Emmen Heerlen Hoogeveen
		Veendam Meppel Zeewolde Almere Aerius Logius Janssen Visser Mulder VNG UWV BAG`) {
		if got := a.Term(name); got != strings.ToLower(name) {
			t.Errorf("%s is %q", name, got)
		}
	}
}

// English among Dutch words is recognised word by word.
func TestEnglishMeets(t *testing.T) {
	a := New()
	written := terms(a, "The municipalities were building affordable houses; policies for housing and the council's planned works.")
	for _, query := range []string{"municipality", "house", "housing", "policy", "council", "plan", "work", "affordable"} {
		found := false
		for _, term := range written {
			found = found || term == a.Term(query)
		}
		if !found {
			t.Errorf("%s (%s) is not found in %q", query, a.Term(query), written)
		}
	}
}

// A word that nobody listed is a form of what its last part is a form of.
func TestUnknownWords(t *testing.T) {
	a := New()
	for word, want := range map[string]string{
		"klimaatbestendigheidsplannen": "klimaatbestendigheidsplan",
		"doorschuivingen":              "doorschuiving",
		"standaardpolis":               "standaardpolis",
		"fatbikes":                     "fatbike",
		"aerius":                       "aerius",
		"veenen":                       "veen",
		"gepseudonimiseerd":            "pseudonimiseren",
		"volkshuisvestelijke":          "volkshuisvestelijk",
		"xyz":                          "xyz",
	} {
		if got := a.Term(word); got != want || a.Known(word) {
			t.Errorf("%s is %q, want %q; known: %t", word, got, want, a.Known(word))
		}
	}
}

func TestKnown(t *testing.T) {
	a := New()
	for word, want := range map[string]bool{
		"huizen": true, "Regio’s": true, "coöperatie": true, "Groningen": true, "policies": true, "e-mail": true,
		"bedrijventerein": false, "xqz": false, "": false, "kinder": false,
	} {
		if got := a.Known(word); got != want {
			t.Errorf("%q: %t", word, got)
		}
	}
}

func TestSimilar(t *testing.T) {
	a := New()
	for _, c := range []struct {
		word  string
		edits int
		want  string
		found bool
	}{
		{"gemeetne", 1, "gemeente", true},
		{"GEMEENT", 1, "gemeente", true},
		{"woningg", 1, "woning", true},
		{"huis", 1, "huis", true},
		{"belied", 1, "beleid", true},
		{"arbiedsmart", 1, "arbeidsmarkt", false},
		{"arbiedsmart", 2, "arbeidsmarkt", true},
		{"huis", 0, "huis", false},
		{"huis", 3, "huis", false},
		{strings.Repeat("a", 200), 2, "a", false},
	} {
		found := false
		a.Similar(c.word, c.edits, func(surface string) { found = found || surface == c.want })
		if found != c.found {
			t.Errorf("%s within %d of %s: %t", c.want, c.edits, c.word, found)
		}
	}
}

// everything accepts every word.
type everything struct{}

func (everything) Start() int               { return 0 }
func (everything) IsMatch(int) bool         { return true }
func (everything) CanMatch(int) bool        { return true }
func (everything) WillAlwaysMatch(int) bool { return true }
func (everything) Accept(int, byte) int     { return 0 }

// The list is whole, and the lemma of a word is its own lemma: else a word that is
// typed as it is shown would not be found.
func TestTheListHoldsTogether(t *testing.T) {
	words := loadWords()
	if n := words.Len(); n < 400_000 {
		t.Errorf("only %d words", n)
	}
	wrong := 0
	words.Within(everything{}, func(folded string, e lexicon.Entry) {
		lemma := e.Lemma(folded)
		of, ok := words.Find(lemma)
		if lemma == "" || ok && of.Lemma(lemma) != lemma {
			if wrong++; wrong < 10 {
				t.Errorf("%s is a form of %q, and that one of %q", folded, lemma, of.Lemma(lemma))
			}
		}
	})
	sum := sha256.Sum256(append(slices.Clone(wordsFST), wordsReadings...))
	if !strings.HasPrefix(hex.EncodeToString(sum[:]), wordsVersion) {
		t.Errorf("the version %s is not that of the list, %x", wordsVersion, sum[:6])
	}
}
