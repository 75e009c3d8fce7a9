package kb_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

func TestExpand(t *testing.T) {
	g := kb.NewGazetteer()
	for name, c := range map[string]struct{ codes, want []string }{
		"nothing":                         {nil, nil},
		"a municipality":                  {[]string{"GM0363"}, []string{"GM0363", "PV27", "CR23", "AM18"}},
		"labour region crosses provinces": {[]string{"GM0150"}, []string{"GM0150", "PV23", "CR11", "AM06"}},
		"merged":                          {[]string{"GM0457"}, []string{"GM0457", "GM0363", "PV27", "CR23", "AM18"}},
		"merged twice":                    {[]string{"GM0693"}, []string{"GM0693", "GM1978", "PV28", "CR30", "AM35"}},
		"split": {[]string{"GM0788"}, []string{
			"GM0788", "GM0824", "PV30", "CR34", "AM26", "GM0865", "CR35", "AM27", "GM0757", "GM0855",
		}},
		"a province alone":   {[]string{"PV26"}, []string{"PV26"}},
		"a province as plan": {[]string{"GM9926"}, []string{"GM9926", "PV26"}},
		"unknown stays":      {[]string{"GM9999"}, []string{"GM9999"}},
		"lower case":         {[]string{"pv26"}, []string{"pv26", "PV26"}},
		"no doubles":         {[]string{"GM0363", "GM0457", "GM0363"}, []string{"GM0363", "PV27", "CR23", "AM18", "GM0457"}},
	} {
		if diff := cmp.Diff(c.want, g.Expand(c.codes)); diff != "" {
			t.Errorf("%s: Expand(%v) (-want +got):\n%s", name, c.codes, diff)
		}
	}
}

func TestEveryFormerMunicipalityExpandsToAProvince(t *testing.T) {
	g := kb.NewGazetteer()
	for _, r := range builtinRegions(t) {
		if r.ValidTo == "" {
			continue
		}
		kinds := map[kb.RegionKind]bool{}
		for _, code := range g.Expand([]string{r.Code}) {
			k, _ := kb.RegionKindOf(code)
			kinds[k] = true
		}
		if len(kinds) != len(kb.RegionKinds()) {
			t.Errorf("%s %s expands to kinds %v only", r.Code, r.Name, kinds)
		}
	}
}

func TestNames(t *testing.T) {
	g := kb.NewGazetteer()
	want := []string{"'s-Hertogenbosch", "Den Bosch", "Fryslân", "Friesland", "Weesp"}
	if diff := cmp.Diff(want, g.Names([]string{"GM0796", "PV21", "GM0457", "GM9921", "XX99"})); diff != "" {
		t.Errorf("Names (-want +got):\n%s", diff)
	}
}

func TestRegionsOfAKind(t *testing.T) {
	g := kb.NewGazetteer()
	for kind, want := range map[kb.RegionKind]int{kb.Municipality: 342, kb.Province: 12, kb.COROP: 40, kb.LabourMarketRegion: 35, "": 0} {
		if got := g.Regions(kind); len(got) != want {
			t.Errorf("%d regions of kind %q, want %d", len(got), kind, want)
		}
	}
}

// Every municipality code in a real collection must be one that we know.
func TestCodesOfARealCollection(t *testing.T) {
	f, err := os.Open(testdata(t, "corpus/passages_100k.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	g := kb.NewGazetteer()
	lines, codes := bufio.NewScanner(unzipped), map[string]bool{}
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var line struct {
			Code string `json:"gemeente_code"`
		}
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			t.Fatal(err)
		}
		if line.Code != "" {
			codes[line.Code] = true
		}
	}
	if err := lines.Err(); err != nil || len(codes) == 0 {
		t.Fatalf("%d codes read: %v", len(codes), err)
	}
	for code := range codes {
		if _, ok := g.Resolve(code); !ok {
			t.Errorf("%s is unknown", code)
		}
	}
}
