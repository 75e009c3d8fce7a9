package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// forms are a form of each kind with something in every field that can be read back.
func filledForms() map[string]url.Values {
	material := func(own url.Values) url.Values {
		out := url.Values{
			"title": {"Titel <b>&"}, "summary": {"Kort."}, "themes": {"arbeidsmarkt", "wonen"}, "regions": {"Utrecht"}, "organisations": {"Gastheer BV"},
			"people": {"Sam de Spreker"}, "keywords": {"een\ntwee"}, "collaboration": {"REGIONAL"}, "seeAlso": {"De casus"}, "language": {"fy"}, "licence": {"CC BY 4.0"},
			"reviewBy": {"2030-01"}, "visibility": {"MEMBERS"}, "body": {"# Kop\n\nTekst"}, "embargoUntil": {"2030-07-01T09:30"},
		}
		for name, values := range own {
			out[name] = values
		}
		return out
	}
	return map[string]url.Values{
		"casus": material(url.Values{
			"phase": {"RUNNING"}, "period.from": {"2024"}, "period.to": {"2025-03-01"}, "partners.0.organisation": {"Gastheer BV"}, "partners.0.role": {"trekker"},
			"background": {"B"}, "objective": {"O"}, "approach": {"A"}, "collaborationForm": {"C"}, "resources": {"R"}, "results": {"U"}, "indicators": {"1\n2"},
			"successFactors": {"s"}, "obstacles": {"o"}, "lessons": {"l"}, "transferability": {"t"}, "nextSteps": {"n"}, "contacts": {"Sam de Spreker"},
		}),
		"publicatie": material(url.Values{
			"publicationKind": {"rapport"}, "authors": {"A\nB"}, "publisher": {"U"}, "issued": {"2023"}, "edition": {"2"}, "series": {"S"}, "pages": {"120"},
			"isbn": {"978-0-306-40615-7"}, "doi": {"10.1000/182"}, "abstract": {"Kort gezegd"},
		}),
		"presentatie": material(url.Values{"speakers": {"Sam de Spreker"}, "meeting": {"Dag één"}, "pillar": {"DEEP_DIVE"}, "givenAt": {"2024-03-01"}, "slides": {"12"}, "takeaways": {"Onthoud"}}),
		"les": material(url.Values{
			"statement": {"S"}, "context": {"C"}, "explanation": {"E"}, "advice": {"A"}, "outcome": {"PARTLY"}, "learnedFrom.record": {"De casus"}, "learnedFrom.quote": {"citaat"}, "appliesTo": {"hier"},
		}),
		"vraagstuk": {
			"title": {"Hoe dan?"}, "text": {"Zo?"}, "askedBy": {"Sam de Spreker"}, "themes": {"wonen"}, "visibility": {"PUBLIC"},
			"answers.0.by": {"Sam de Spreker"}, "answers.0.text": {"Zo."}, "answers.0.material": {"De casus"}, "answers.1.text": {"Of zo."},
		},
		"leerkring": {
			"name": {"Kring"}, "summary": {"S"}, "goal": {"G"}, "learningQuestions": {"q1\nq2"}, "themes": {"wonen"}, "regions": {"Utrecht"}, "period.from": {"2024-02"},
			"organisers": {"Gastheer BV"}, "facilitators": {"Sam de Spreker"}, "participants": {"Sam de Spreker"}, "capacity": {"20"}, "registration": {"OPEN"}, "outcomes": {"U"}, "visibility": {"PUBLIC"},
		},
		"bijeenkomst": {
			"name": {"Dag twee"}, "circle": {"Kring van de test"}, "number": {"2"}, "start": {"2024-07-02T09:30"}, "end": {"2024-07-02T16:00"}, "host": {"Gastheer BV"}, "hostCity": {"Goes"},
			"venue": {"Zaal"}, "summary": {"S"}, "themes": {"wonen"}, "visibility": {"PUBLIC"},
			"programme.0.pillar": {"UPDATES"}, "programme.0.title": {"Nieuws"}, "programme.0.description": {"D"}, "programme.0.speakers": {"Sam de Spreker"}, "programme.0.material": {"De casus"},
			"programme.1.pillar": {"PROJECT_VISIT"}, "programme.1.title": {"Buiten"},
		},
		"organisatie": {
			"name": {"Org"}, "also": {"O1\nO2"}, "organisationKind": {"gemeente"}, "city": {"Goes"}, "website": {"https://org.example/"}, "cbsCode": {"Goes"},
			"members": {"Gastheer BV"}, "validFrom": {"2000"}, "visibility": {"PUBLIC"},
		},
		"persoon": {
			"name": {"Noor"}, "function": {"F"}, "organisation": {"Gastheer BV"}, "expertise": {"e"}, "regions": {"Utrecht"}, "bio": {"B"}, "visibility": {"PUBLIC"},
			"email.value": {"noor@org.example"}, "email.visibility": {"MEMBERS"}, "consent": {"ja"},
		},
		"thema": {
			"labels.nl": {"Nieuw thema"}, "labels.en": {"New theme"}, "synonyms": {"s1\ns2"}, "definition": {"D"}, "broader": {"wonen"}, "related": {"arbeidsmarkt"},
			"tooiMatch": {"close"}, "tooi": {"https://identifier.overheid.nl/tooi/def/x"}, "visibility": {"PUBLIC"},
		},
	}
}

// TestEveryKindKeepsWhatIsTyped fills every field of each form in, saves it, and
// finds the same in the form; saving that again changes nothing.
func TestEveryKindKeepsWhatIsTyped(t *testing.T) {
	w := newWorld(t, circle()...)
	p := w.as(t, admin())
	for word, form := range filledForms() {
		t.Run(word, func(t *testing.T) {
			p := w.as(t, admin())
			sent := p.submit(p.page("/nieuw/"+word), "opslaan", form)
			if sent.status != http.StatusSeeOther {
				t.Fatalf("status %d: %q\n%s", sent.status, sent.wrong(), w.log)
			}
			d := p.then(sent)
			got := d.filled(d.mainForm())
			for name, want := range form {
				if name == "consent" || name == "email.visibility" {
					continue // nobody else can read it
				}
				if diff := cmp.Diff(want, got[name]); diff != "" {
					t.Errorf("%s (-want +got):\n%s", name, diff)
				}
			}
			again := p.then(p.submit(d, "opslaan", nil))
			if before, after := got.Get("versie"), again.filled(again.mainForm()).Get("versie"); before != after {
				t.Errorf("saving what is there makes version %s of %s", after, before)
			}
			cleared := url.Values{}
			for name := range form {
				if !strings.Contains(name, "visibility") && name != "name" && name != "title" && name != "labels.nl" && name != "language" {
					cleared[name] = nil
				}
			}
			empty := p.then(p.submit(again, "opslaan", cleared))
			for name := range cleared {
				if left := empty.filled(empty.mainForm()).Get(name); left != "" && name != "consent" {
					t.Errorf("%s is still %q", name, left)
				}
			}
		})
	}
	if d := p.page("/nieuw"); len(d.all("ul", "class", "kinds")) != 1 {
		t.Error("no kinds to choose from")
	}
}

// TestNames: what a form refers to is found by name, address, code and id; what is
// not found says so, and nothing that was typed is lost.
func TestNames(t *testing.T) {
	twin := &kb.Person{Head: published("spreker-2"), Name: "Sam de Spreker", Consent: true}
	w := newWorld(t, append(circle(), twin)...)
	p := w.as(t, admin())
	for typed, want := range map[string]string{
		"gastheer bv": "Gastheer BV", "/organisatie/gastheer": "Gastheer BV", "https://leerkring.example/en/organisatie/gastheer": "Gastheer BV",
		string(kb.DeriveID("test", "gastheer")): "Gastheer BV", "gastheer": "Gastheer BV",
	} {
		d := p.then(p.submit(p.page("/nieuw/casus"), "opslaan", url.Values{"title": {"T"}, "organisations": {typed}}))
		if got := d.filled(d.mainForm()).Get("organisations"); got != want {
			t.Errorf("%q is taken for %q, want %q", typed, got, want)
		}
	}
	for typed, part := range map[string]string{
		"Bestaat Niet BV": "kennen we niet", "/casus/de-casus": "kennen we niet", "/organisatie/": "kennen we niet", "<script>": "kennen we niet", "http://[": "kennen we niet",
	} {
		d := p.submit(p.page("/nieuw/casus"), "opslaan", url.Values{"title": {"Blijft <b>"}, "organisations": {typed}})
		if d.status != http.StatusUnprocessableEntity || len(d.wrong()) != 1 || !strings.Contains(d.wrong()[0], part) {
			t.Errorf("%q: status %d, %q", typed, d.status, d.wrong())
		}
		if got := d.filled(d.mainForm()); got.Get("title") != "Blijft <b>" || got.Get("organisations") != typed {
			t.Errorf("%q: what was typed is lost: %q", typed, got)
		}
		if d.has("Organisaties: " + part) {
			t.Error("the error leads nowhere")
		}
	}
	d := p.submit(p.page("/nieuw/casus"), "opslaan", url.Values{"people": {"Sam de Spreker"}})
	if len(d.wrong()) != 1 || !strings.Contains(d.wrong()[0], "/persoon/spreker, /persoon/spreker-2") && !strings.Contains(d.wrong()[0], "/persoon/spreker-2, /persoon/spreker") {
		t.Errorf("two of a name: %q", d.wrong())
	}
	d = p.then(p.submit(d, "opslaan", url.Values{"people": {"/persoon/spreker-2\n/persoon/spreker"}}))
	form := d.filled(d.mainForm())
	if got := form.Get("people"); got != "Sam de Spreker\n/persoon/spreker" {
		t.Errorf("two of a name are shown as %q", got)
	}
	again := p.then(p.submit(d, "opslaan", url.Values{"title": {"Nu met titel"}}))
	if got := again.filled(again.mainForm()).Get("people"); got != form.Get("people") {
		t.Errorf("then as %q", got)
	}
}

// TestWrongValues: each kind of field says what is wrong with what was typed in it.
func TestWrongValues(t *testing.T) {
	w := newWorld(t, circle()...)
	p := w.as(t, admin())
	d := p.submit(p.page("/nieuw/publicatie"), "opslaan", url.Values{
		"title": {"T"}, "pages": {"veel"}, "issued": {"gisteren"}, "reviewBy": {"31-31-2024"}, "language": {"klingon"}, "embargoUntil": {"morgen"},
	})
	want := []string{
		"Verschenen: Vul een datum in, zoals 2024, 2024-03 of 12-3-2024.", "Aantal bladzijden: Vul een heel getal in.", "Taal van de tekst: Kies een van de mogelijkheden.",
		"Opnieuw bekijken op: Vul een datum in, zoals 2024, 2024-03 of 12-3-2024.", "Niet publiceren vóór: Vul een dag en een tijd in.",
	}
	if diff := cmp.Diff(want, d.wrong()); diff != "" {
		t.Errorf("wrong (-want +got):\n%s", diff)
	}
	for _, name := range []string{"issued", "pages"} {
		control := d.one("input", "name", name)
		if invalid, _ := attr(control, "aria-invalid"); invalid != "true" {
			t.Errorf("%s is not marked", name)
		}
		described, _ := attr(control, "aria-describedby")
		if !strings.Contains(described, name+"-fout") {
			t.Errorf("%s is described by %q", name, described)
		}
	}
}
