package eval

import (
	"math/rand/v2"
	"strings"
)

// Inflect writes the nouns of a query that it knows in their other number: plural
// for singular and the other way round. It goes by a table of common words and by
// endings that only nouns have, so it leaves many words as they are.
func Inflect() Change {
	table := map[string]string{}
	for pair := range strings.FieldsSeq(numbers) {
		one, many, _ := strings.Cut(pair, "/")
		table[one], table[many] = many, one
	}
	return func(text string, _ *rand.Rand) string {
		return eachWord(text, func(w string) (string, bool) {
			if other, ok := table[w]; ok {
				return other, true
			}
			return otherNumber(w)
		})
	}
}

// endings are those by which a noun and its number are known, singular/plural. The
// first that fits is taken, so longer ones come first.
const endings = `
heid/heden teit/teiten schap/schappen ing/ingen atie/aties itie/ities ctie/cties ntie/nties ment/menten eur/eurs
bureau/bureaus niveau/niveaus plan/plannen markt/markten wijk/wijken straat/straten terrein/terreinen
gebied/gebieden gemeente/gemeenten provincie/provincies regio/regio's project/projecten programma/programma's
bestand/bestanden bericht/berichten document/documenten besluit/besluiten beeld/beelden bedrijf/bedrijven
punt/punten huis/huizen stad/steden school/scholen park/parken dorp/dorpen gebouw/gebouwen groep/groepen
kaart/kaarten lijst/lijsten wet/wetten recht/rechten dienst/diensten zaak/zaken vraag/vragen regel/regels
deel/delen voorstel/voorstellen systeem/systemen probleem/problemen formulier/formulieren
`

// numbers are common nouns whose number their ending does not tell, singular/plural.
const numbers = `
agent/agenten ambtenaar/ambtenaren bedrijf/bedrijven bericht/berichten bewoner/bewoners inwoner/inwoners burger/burgers werkgever/werkgevers werknemer/werknemers
boer/boeren bos/bossen boom/bomen brug/bruggen dag/dagen deel/delen doel/doelen eigenaar/eigenaren eiland/eilanden
fout/fouten gebouw/gebouwen getal/getallen gezin/gezinnen groep/groepen haven/havens huis/huizen huurder/huurders
jaar/jaren jongere/jongeren kaart/kaarten kamer/kamers kavel/kavels kerk/kerken kern/kernen kind/kinderen
klant/klanten leraar/leraren les/lessen lijst/lijsten locatie/locaties maatregel/maatregelen mens/mensen
migrant/migranten molen/molens oever/oevers ondernemer/ondernemers oudere/ouderen ouder/ouders perceel/percelen
persoon/personen plan/plannen plek/plekken probleem/problemen raad/raden regel/regels rivier/rivieren ruimte/ruimten
school/scholen sleutel/sleutels soort/soorten stad/steden steen/stenen straat/straten student/studenten stuk/stukken
tabel/tabellen taak/taken tekst/teksten thema/thema's tuin/tuinen veld/velden vereniging/verenigingen vraag/vragen
waarde/waarden weg/wegen werk/werken wet/wetten wijk/wijken winkel/winkels woord/woorden zaak/zaken ziekenhuis/ziekenhuizen
zin/zinnen zone/zones
beeld/beelden besluit/besluiten bestand/bestanden dienst/diensten docent/docenten document/documenten dorp/dorpen gebied/gebieden
gemeente/gemeenten lijn/lijnen markt/markten moment/momenten park/parken patiënt/patiënten project/projecten
programma/programma's provincie/provincies punt/punten recht/rechten regio/regio's specialist/specialisten systeem/systemen terrein/terreinen
`

// otherNumber gives the other number of a noun by its ending.
func otherNumber(w string) (string, bool) {
	for pair := range strings.FieldsSeq(endings) {
		one, many, _ := strings.Cut(pair, "/")
		// Something must stand before the ending: "ging" is no noun in -ing.
		if stem, ok := strings.CutSuffix(w, many); ok && len(stem) >= 3 {
			return stem + one, true
		}
		if stem, ok := strings.CutSuffix(w, one); ok && len(stem) >= 3 {
			return stem + many, true
		}
	}
	return "", false
}
