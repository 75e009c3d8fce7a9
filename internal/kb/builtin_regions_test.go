package kb_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

func builtinRegions(t *testing.T) []*kb.Region {
	t.Helper()
	var regions []*kb.Region
	for _, e := range kb.Builtin() {
		if r, ok := e.(*kb.Region); ok {
			regions = append(regions, r)
		}
	}
	return regions
}

func regionsByCode(t *testing.T) map[string]*kb.Region {
	t.Helper()
	byCode := map[string]*kb.Region{}
	for _, r := range builtinRegions(t) {
		byCode[r.Code] = r
	}
	return byCode
}

func TestCountsOfRegions(t *testing.T) {
	got := map[kb.RegionKind]int{}
	for _, r := range builtinRegions(t) {
		if r.ValidTo == "" {
			got[r.RegionKind]++
		}
	}
	want := map[kb.RegionKind]int{kb.Municipality: 342, kb.Province: 12, kb.COROP: 40, kb.LabourMarketRegion: 35}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("regions that exist now (-want +got):\n%s", diff)
	}
}

// The number of municipalities on 1 January of each year is published by CBS. It
// holds only when no merger is missing, double or in the wrong year.
func TestNumberOfMunicipalitiesPerYear(t *testing.T) {
	want := map[string]int{
		"2010-01-01": 431, "2011-01-01": 418, "2012-01-01": 415, "2013-01-01": 408, "2014-01-01": 403,
		"2015-01-01": 393, "2016-01-01": 390, "2017-01-01": 388, "2018-01-01": 380, "2019-01-01": 355,
		"2020-01-01": 355, "2021-01-01": 352, "2022-01-01": 345, "2023-01-01": 342, "2026-01-01": 342,
	}
	got := map[string]int{}
	for day := range want {
		for _, r := range builtinRegions(t) {
			if r.RegionKind == kb.Municipality && string(r.ValidFrom) <= day && (r.ValidTo == "" || string(r.ValidTo) >= day) {
				got[day]++
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("municipalities (-want +got):\n%s", diff)
	}
}

func TestFormerMunicipalitiesLeadToTodaysMunicipalities(t *testing.T) {
	byCode := regionsByCode(t)
	for _, r := range byCode {
		if (r.ValidTo == "") != (len(r.SucceededBy) == 0) {
			t.Errorf("%s %s ended on %q and was succeeded by %v", r.Code, r.Name, r.ValidTo, r.SucceededBy)
		}
		for _, code := range r.SucceededBy {
			next, ok := byCode[code]
			if !ok {
				t.Errorf("%s %s was succeeded by %s, which is unknown", r.Code, r.Name, code)
				continue
			}
			if !startsAfter(next, r) {
				t.Errorf("%s %s ended on %s, but its successor %s exists from %q to %q", r.Code, r.Name, r.ValidTo, code, next.ValidFrom, next.ValidTo)
			}
		}
	}
}

// startsAfter reports whether next existed on the day after r ended.
func startsAfter(next, r *kb.Region) bool {
	end, _ := r.ValidTo.Time()
	day := end.Add(24 * time.Hour).Format(time.DateOnly)
	return string(next.ValidFrom) <= day && (next.ValidTo == "" || string(next.ValidTo) >= day)
}

func TestDivisionsAndMunicipalitiesAgree(t *testing.T) {
	byCode := regionsByCode(t)
	kinds := []kb.RegionKind{kb.Province, kb.COROP, kb.LabourMarketRegion}
	members := map[string][]string{}
	for _, r := range builtinRegions(t) {
		if r.RegionKind != kb.Municipality || r.ValidTo != "" {
			continue
		}
		var got []kb.RegionKind
		for _, p := range r.Parents {
			members[p] = append(members[p], r.Code)
			if parent, ok := byCode[p]; ok {
				got = append(got, parent.RegionKind)
			}
		}
		if diff := cmp.Diff(kinds, got); diff != "" {
			t.Errorf("%s lies in (-want +got):\n%s", r.Name, diff)
		}
	}
	for code, want := range members {
		if diff := cmp.Diff(want, byCode[code].Municipalities); diff != "" {
			t.Errorf("municipalities of %s (-want +got):\n%s", code, diff)
		}
	}
}

// testdata gives the path of a file of reference data that is not in the
// repository: unset means skip, set and missing is a failure.
func testdata(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("LEERKRING_TESTDATA")
	if dir == "" {
		if os.Getenv("LEERKRING_REQUIRE_TOOLS") == "1" {
			t.Fatal("LEERKRING_TESTDATA is not set")
		}
		t.Skip("LEERKRING_TESTDATA is not set: no reference data to compare with")
	}
	path := filepath.Join(dir, name)
	if _, err := os.Stat(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func readJSON(t *testing.T, name string, into any) {
	t.Helper()
	data, err := os.ReadFile(testdata(t, name))
	if err = errors.Join(err, json.Unmarshal(data, into)); err != nil {
		t.Fatal(err)
	}
}

func TestRegionsAgainstTheRegister(t *testing.T) {
	var register []struct{ Code, Naam, Soort string }
	readJSON(t, "vocabularies/organisaties.json", &register)
	byCode := regionsByCode(t)
	for _, o := range register {
		r, ok := byCode[strings.ToUpper(o.Code)]
		if !ok || (o.Soort != "gemeente" && o.Soort != "provincie") {
			continue
		}
		if got := o.Soort + " " + r.Name; got != o.Naam {
			t.Errorf("%s is %q here and %q in the register", r.Code, got, o.Naam)
		}
		delete(byCode, r.Code)
	}
	for code, r := range byCode {
		if r.RegionKind == kb.Municipality || r.RegionKind == kb.Province {
			t.Errorf("%s %s is not in the register", code, r.Name)
		}
	}
}

func TestMembershipAgainstCBS(t *testing.T) {
	var rows []struct {
		Code     string
		Province string `json:"provincie_code"`
		COROP    string `json:"corop_code"`
		Labour   string `json:"arbeidsmarktregio"`
	}
	readJSON(t, "regions/gemeenten.json", &rows)
	if len(rows) != 342 {
		t.Fatalf("%d municipalities in the reference data", len(rows))
	}
	byCode := regionsByCode(t)
	for _, row := range rows {
		parents := byCode[row.Code].Parents
		got := []string{parents[0], parents[1], byCode[parents[2]].Name}
		if diff := cmp.Diff([]string{row.Province, row.COROP, row.Labour}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.Code, diff)
		}
	}
}
