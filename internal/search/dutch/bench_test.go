package dutch

import (
	"strings"
	"testing"
)

// passage is a text as editors write it.
const passage = `De gemeenteraad van Súdwest-Fryslân heeft op 12 maart 2019 de woonvisie vastgesteld. Samen met de
woningcorporaties, zorgaanbieders en de provincie wordt gewerkt aan betaalbare huurwoningen voor jongeren en ouderen.
In de arbeidsmarktregio's Drechtsteden en Rijnmond zijn bedrijventerreinen verduurzaamd; de klimaatbestendigheidsplannen
(art. 3.1 Wro) en het bestemmingsplan NL.IMRO.0003.BPDETIP-VG02 liggen ter inzage. Inwoners konden tot 1-1-2024 hun
zienswijze indienen bij burgemeester en wethouders. De Wmo-voorzieningen en de jeugdhulp worden door het wijkteam
uitgevoerd, o.a. via buurthuizen en scholen. Foto's van de herontwikkelingslocatie staan op www.vng.nl. `

// BenchmarkTokens measures words that come back, as most do.
func BenchmarkTokens(b *testing.B) {
	a := New()
	text := strings.Repeat(passage, 10)
	b.SetBytes(int64(len(text)))
	n := 0
	for b.Loop() {
		a.Tokens(text, func(Token) { n++ })
	}
}

// BenchmarkNewWord measures words that nothing is remembered of.
func BenchmarkNewWord(b *testing.B) {
	a := New()
	words := strings.Fields(passage)
	i := 0
	for b.Loop() {
		a.analyse(words[i%len(words)])
		i++
	}
}

// BenchmarkNew measures what opening the word list adds to the start of the program.
func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		New()
	}
}

func BenchmarkSimilar(b *testing.B) {
	a := New()
	for b.Loop() {
		a.Similar("bedrijventerein", 2, func(string) {})
	}
}
