package graph_test

import (
	"testing"

	"leerkring/internal/kb"
)

// TestRelated tells what is like a material, and why, in both languages.
func TestRelated(t *testing.T) {
	w := newWorld(t, append(secrets(), library()...)...)
	alike := &kb.Publication{Common: text("mobiel", "Arbeidsmarkt in beweging")}
	alike.Body = "De tekst"
	s := &scripted{related: []kb.Related{
		{Hit: kb.Hit{Entity: alike}, Reasons: []kb.Reason{
			{Field: kb.FacetTheme, Values: []string{"geheim-thema", "wonen", "economie"}},
			{Field: kb.FacetLabourMarketRegion, Values: []string{"AM18"}},
			{Field: kb.FacetOrganisation, Values: []string{string(id("geheim-organisatie"))}},
			{Values: []string{"warmtenet", "netcongestie", "buurt"}},
		}},
	}}
	w.answering(s)
	const query = `{ material(slug: "terrein") { related { node { slug body } reasons { field values labels text } text } } }`
	wants(t, w.ask(t, query, ""), `{"data":{"material":{"related":[{"node":{"slug":"mobiel","body":"De tekst"},"reasons":[`+
		`{"field":"THEME","values":["wonen","economie"],"labels":["Wonen","Economie"],"text":"zelfde thema: Wonen en Economie"},`+
		`{"field":"LABOUR_MARKET_REGION","values":["AM18"],"labels":["Groot Amsterdam"],"text":"zelfde arbeidsmarktregio: Groot Amsterdam"},`+
		`{"field":null,"values":["warmtenet","netcongestie","buurt"],"labels":["warmtenet","netcongestie","buurt"],"text":"gaat ook over warmtenet, netcongestie en buurt"}],`+
		`"text":"zelfde thema en arbeidsmarktregio, gaat ook over warmtenet, netcongestie en buurt"}]}}}`)
	if s.about != id("terrein") {
		t.Errorf("asked about %s", s.about)
	}
	wants(t, w.ask(t, `{ material(slug: "terrein") { related { text reasons { text } } } }`, "", "Accept-Language", "en"),
		`{"data":{"material":{"related":[{"text":"same theme and labour-market region, is also about warmtenet, netcongestie and buurt","reasons":[`+
			`{"text":"same theme: Housing and Economy"},{"text":"same labour-market region: Groot Amsterdam"},`+
			`{"text":"is also about warmtenet, netcongestie and buurt"}]}]}}}`)
}

// TestEveryReasonHasWords: no field in which two materials can be alike is left without a name.
func TestEveryReasonHasWords(t *testing.T) {
	w := newWorld(t, library()...)
	s := &scripted{}
	w.answering(s)
	for field, want := range map[kb.FacetField][3]string{
		kb.FacetType:               {"lesson", "zelfde soort", "same kind"},
		kb.FacetTheme:              {"wonen", "zelfde thema", "same theme"},
		kb.FacetProvince:           {"PV27", "zelfde provincie", "same province"},
		kb.FacetLabourMarketRegion: {"AM18", "zelfde arbeidsmarktregio", "same labour-market region"},
		kb.FacetMunicipality:       {"GM0363", "zelfde gemeente", "same municipality"},
		kb.FacetOrganisation:       {string(id("gemeente")), "zelfde organisatie", "same organisation"},
		kb.FacetCollaboration:      {"SOCIETY", "zelfde vorm van samenwerking", "same form of collaboration"},
		kb.FacetYear:               {"2024", "zelfde jaar", "same year"},
		kb.FacetLanguage:           {"nl", "zelfde taal", "same language"},
	} {
		s.related = []kb.Related{{Hit: kb.Hit{Entity: library()[1]}, Reasons: []kb.Reason{{Field: field, Values: []string{want[0]}}}}}
		for lang, text := range map[string]string{"nl": want[1], "en": want[2]} {
			got := w.ask(t, `{ material(slug: "les") { related { text } } }`, "", "Accept-Language", lang)
			wants(t, got, `{"data":{"material":{"related":[{"text":"`+text+`"}]}}}`)
		}
	}
	s.related = []kb.Related{{Hit: kb.Hit{Entity: library()[1]}}}
	wants(t, w.ask(t, `{ material(slug: "les") { related { text reasons { text } } } }`, ""),
		`{"data":{"material":{"related":[{"text":"de tekst lijkt erop","reasons":[]}]}}}`)
}
