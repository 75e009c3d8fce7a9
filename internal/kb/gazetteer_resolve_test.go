package kb_test

import (
	"testing"

	"leerkring/internal/kb"
)

func TestResolve(t *testing.T) {
	g := kb.NewGazetteer()
	for text, want := range map[string]string{
		// codes
		"GM0363": "GM0363", "gm0363": "GM0363", " 0363 ": "GM0363", "GM9925": "PV25", "9925": "PV25", "pv31": "PV31",
		"cr12": "CR12", "AM38": "AM38", "GM0457": "GM0457",
		"GM9999": "", "0000": "", "GM": "", "AM39": "", "12345": "",
		// names and other names
		"Amsterdam": "GM0363", "AMSTERDAM": "GM0363", "gemeente Utrecht": "GM0344", "provincie Utrecht": "PV26",
		"Utrecht": "GM0344", "Groningen": "GM0014", "Zeeland": "PV29", "Fryslân": "PV21", "fryslan": "PV21", "Friesland": "PV21",
		"den bosch": "GM0796", "'s-Hertogenbosch": "GM0796", "s hertogenbosch": "GM0796", "Den Haag": "GM0518", "’s-Gravenhage": "GM0518",
		"Ljouwert": "GM0080", "sudwest fryslan": "GM1900", "NH": "PV27", "Noord-Brabant": "PV30",
		"Bergen (NH)": "GM0373", "Bergen (NH.)": "GM0373", "Bergen (L.)": "GM0893", "Bergen": "", "Nuenen": "GM0820",
		"Hengelo (O.)": "GM0164", "Hengelo": "GM0164",
		// divisions
		"Foodvalley": "AM38", "Food Valley": "AM38", "regio Zwolle": "AM36", "Zwolle": "GM0193", "Rijnmond": "AM22",
		"arbeidsmarktregio Groningen": "AM01", "COROP Twente": "CR12", "corop-gebied Utrecht": "CR17", "Twente": "AM05",
		"regio Utrecht": "CR17", "Utrecht (provincie)": "PV26", "Groningen, gemeente": "GM0014", "prov. Groningen": "PV20",
		"Zuidwest-Friesland": "CR05", "Zeeuws-Vlaanderen": "CR31", "Arnhem-Nijmegen": "CR15",
		// former municipalities
		"Weesp": "GM0457", "gemeente Boxmeer": "GM0756", "Menaldumadeel": "GM0083", "De Friese Meren": "GM1940",
		// nothing
		"": "", "gemeente": "", "provincie Amsterdam": "", "provincie Weesp": "", "Atlantis": "",
	} {
		if got, ok := g.Resolve(text); got != want || ok != (want != "") {
			t.Errorf("Resolve(%q) = %q, %v, want %q", text, got, ok, want)
		}
	}
}

func TestResolveAs(t *testing.T) {
	g := kb.NewGazetteer()
	for _, c := range []struct {
		kind       kb.RegionKind
		text, want string
	}{
		{kb.Province, "Utrecht", "PV26"},
		{kb.COROP, "Utrecht", "CR17"},
		{kb.Municipality, "utrecht", "GM0344"},
		{kb.LabourMarketRegion, "Friesland", "AM02"},
		{kb.LabourMarketRegion, "Zeeland", "AM24"},
		{kb.LabourMarketRegion, "regio Twente", "AM05"},
		{kb.LabourMarketRegion, "Regio Zwolle", "AM36"},
		{kb.COROP, "West-Brabant", "CR33"},
		{kb.Municipality, "Weesp", "GM0457"},
		{kb.Province, "Weesp", ""},
		{kb.Province, "gm9926", "PV26"},
		{kb.Municipality, "PV26", ""},
	} {
		if got, ok := g.ResolveAs(c.kind, c.text); got != c.want || ok != (c.want != "") {
			t.Errorf("ResolveAs(%s, %q) = %q, %v, want %q", c.kind, c.text, got, ok, c.want)
		}
	}
}

func TestEveryRegionIsFoundByItsOwnNames(t *testing.T) {
	g := kb.NewGazetteer()
	for _, r := range builtinRegions(t) {
		if code, ok := g.Resolve(r.Code); !ok || code != r.Code {
			t.Errorf("Resolve(%q) = %q", r.Code, code)
		}
		for _, name := range append([]string{r.Name}, r.Also...) {
			code, ok := g.ResolveAs(r.RegionKind, name)
			if ok && code != r.Code && r.ValidTo != "" {
				continue // the name lives on in a municipality of today
			}
			if !ok || code != r.Code {
				t.Errorf("ResolveAs(%s, %q) = %q, want %s", r.RegionKind, name, code, r.Code)
			}
		}
	}
}

func FuzzResolve(f *testing.F) {
	for _, s := range []string{"GM0363", "gemeente Utrecht", "Bergen (NH.)", "GM99", "regio regio", "\xff", "gem "} {
		f.Add(s)
	}
	g := kb.NewGazetteer()
	f.Fuzz(func(t *testing.T, text string) {
		code, ok := g.Resolve(text)
		r, known := g.Region(code)
		if ok && (!known || r.Code != code) {
			t.Errorf("Resolve(%q) = %q, which is no region", text, code)
		}
		if !ok && code != "" {
			t.Errorf("Resolve(%q) = %q without finding it", text, code)
		}
	})
}
