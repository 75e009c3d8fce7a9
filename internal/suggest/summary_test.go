package suggest_test

import (
	"strings"
	"testing"

	"leerkring/internal/kb"
)

// plot are sentences about one thing, and lines between them that no summary may take.
const plot = `Woonvisie van de gemeente
De woonvisie beschrijft hoeveel betaalbare woningen de gemeente voor jonge gezinnen wil bouwen.
Betaalbare woningen voor jonge gezinnen zijn schaars, en daarom bouwen woningcorporaties sneller dan voorheen.
Tijdens de feestelijke lunch serveerde een plaatselijke bakker overheerlijke krentenbollen, appelflappen en limonade.
Woningcorporaties bouwen betaalbare woningen, waarvan de helft voor jonge gezinnen met middeninkomens bestemd blijft.
`

func summaryOf(t *testing.T, pages ...string) string {
	t.Helper()
	r := &kb.Reading{Unit: kb.UnitPage}
	for i, text := range pages {
		r.Pages = append(r.Pages, kb.ReadPage{Number: i + 1, Text: text})
	}
	got := values(ask(t, r, &kb.Case{}))["summary"]
	return strings.Join(got, "|")
}

// A summary is made of sentences of the text, in its order, that tell what it is about.
func TestSummaryTellsWhatATextIsAbout(t *testing.T) {
	got := summaryOf(t, plot)
	if !strings.HasPrefix(got, "De woonvisie beschrijft") || !strings.Contains(got, "betaalbare woningen") || strings.Contains(got, "krentenbollen") {
		t.Errorf("summary %q", got)
	}
	at := 0
	for sentence := range strings.SplitSeq(strings.TrimSuffix(got, "."), ". ") {
		next := strings.Index(plot[at:], sentence)
		if next < 0 {
			t.Fatalf("%q is not in the text after what stands before it", sentence)
		}
		at += next
	}
}

// Of a longer text the lines that are no running text stay out.
func TestSummaryOfRunningTextOnly(t *testing.T) {
	for name, line := range map[string]string{
		"an address of mail":   "Betaalbare woningen voor jonge gezinnen vraagt u bij woningcorporaties aan met wonen@ede.nl.",
		"an address":           "Betaalbare woningen voor jonge gezinnen en woningcorporaties staan op www.voorbeeld.nl uitgelegd.",
		"a link":               "Betaalbare woningen voor jonge gezinnen en woningcorporaties vindt u bij https://voorbeeld.nl.",
		"a copyright":          "© Betaalbare woningen voor jonge gezinnen en woningcorporaties, betaalbare woningen gemeente.",
		"a row of a table":     "Betaalbare woningen | jonge gezinnen | woningcorporaties | betaalbare woningen | jonge gezinnen.",
		"figures":              "Betaalbare woningen 12 34 56 78 90 12 34 jonge gezinnen 12 34 56 78 90 12 34 woningcorporaties 12.",
		"capitals":             "BETAALBARE WONINGEN VOOR JONGE GEZINNEN EN WONINGCORPORATIES BOUWEN BETAALBARE WONINGEN VOOR GEZINNEN.",
		"the end of a piece":   "betaalbare woningen voor jonge gezinnen bouwen de woningcorporaties met betaalbare woningen.",
		"the end with accents": "één van de betaalbare woningen voor jonge gezinnen bouwen woningcorporaties betaalbaar.",
		"too short":            "Betaalbare woningen, jonge gezinnen!",
		"too long":             "Betaalbare woningen " + strings.Repeat("voor jonge gezinnen en woningcorporaties ", 10) + "bouwen.",
	} {
		if got := summaryOf(t, line+"\n"+plot); got == "" || strings.Contains(got, line) {
			t.Errorf("%s: summary %q", name, got)
		}
	}
}

// What stands at the head of each page is no sentence of the text.
func TestSummaryWithoutWhatIsRepeated(t *testing.T) {
	head := "Betaalbare woningen voor jonge gezinnen door woningcorporaties in deze gemeente gebouwd.\n"
	if got := summaryOf(t, head+plot, head+"Meer."); got == "" || strings.Contains(got, strings.TrimSpace(head)) {
		t.Errorf("summary %q", got)
	}
}

func TestNoSummaryOfLittle(t *testing.T) {
	for name, pages := range map[string][]string{
		"headings":     {strings.Repeat("Woonvisie van de gemeente\n", 40)},
		"one sentence": {"De woonvisie beschrijft hoeveel betaalbare woningen de gemeente voor jonge gezinnen wil bouwen."},
		"an agenda":    {"1. Opening.\n2. Mededelingen.\n3. Woonvisie en betaalbare woningen.\n4. Rondvraag.\n5. Sluiting.\n"},
		"no letters":   {strings.Repeat("1234. ", 100)},
		"nothing":      {"", ""},
	} {
		if got := summaryOf(t, pages...); got != "" {
			t.Errorf("%s: summary %q", name, got)
		}
	}
}

// Sentences end at any kind of space, and those of several pages go together.
func TestSentencesOfASummary(t *testing.T) {
	for name, pages := range map[string][]string{
		"lines":                    {plot},
		"spaces":                   {strings.ReplaceAll(plot, ".\n", ". ")},
		"spaces that do not break": {strings.ReplaceAll(plot, ".\n", ".\u00a0")},
		"a page each":              strings.SplitAfter(plot, ".\n"),
		"an exclamation":           {strings.ReplaceAll(plot, ".\n", "!\n")},
	} {
		got := summaryOf(t, pages...)
		if len(got) < 200 || len(got) > 600 || strings.Contains(got, "krentenbollen") {
			t.Errorf("%s: summary of %d bytes %q", name, len(got), got)
		}
	}
}
