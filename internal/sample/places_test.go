package sample_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"leerkring/internal/kb"
)

// municipalities are the codes that the collection uses, by province.
func municipalities() map[string]string {
	return map[string]string{
		"PV20": "GM1895 GM1979",
		"PV21": "GM0060 GM0093 GM0096 GM1970",
		"PV22": "GM0106 GM0114 GM0119",
		"PV23": "GM0150 GM0153 GM0160 GM0166 GM0168 GM0173 GM0193",
		"PV24": "GM0034 GM0171 GM0995",
		"PV25": "GM0197 GM0203 GM0222 GM0228 GM0268 GM0274 GM0279 GM0289 GM0294 GM0302 GM1509 GM1586 GM1859 GM1876 GM1955",
		"PV26": "GM0307 GM0340 GM0345 GM1581",
		"PV27": "GM0358 GM0394 GM0406 GM0437 GM0448 GM0451 GM0479",
		"PV28": "GM0482 GM0505 GM0590 GM0599 GM0610 GM0642 GM1931",
		"PV29": "GM0654 GM0664 GM0678 GM0703 GM1676",
		"PV30": "GM0758 GM0772 GM0828 GM0855 GM0867 GM1709 GM1982",
		"PV31": "GM0917 GM0928 GM0957 GM0983 GM0984 GM1507 GM1669 GM1711 GM1894",
	}
}

// province gives the code of the province that a code of the collection is, or
// lies in; empty for a code that it should not use.
func province(code string) string {
	for p, codes := range municipalities() {
		if code == p || strings.Contains(" "+codes+" ", " "+code+" ") {
			return p
		}
	}
	return ""
}

// regionCodes gives every place that a record names by code.
func regionCodes(e kb.Entity) []string {
	switch e := e.(type) {
	case kb.Material:
		return e.Shared().Regions
	case *kb.Person:
		return e.Regions
	case *kb.LearningCircle:
		return e.Regions
	case *kb.Meeting:
		return []string{e.HostCity}
	case *kb.Organisation:
		if e.CBSCode != "" {
			return []string{e.CBSCode}
		}
	}
	return nil
}

func TestRegionsExist(t *testing.T) {
	for _, r := range load(t) {
		for _, code := range regionCodes(r.Entity) {
			if province(code) == "" {
				t.Errorf("%s: %s is no code of a region, or not in the list of this test", r.Name, code)
			}
		}
	}
}

// TestMunicipalitiesAreReal holds the list above against the register.
func TestMunicipalitiesAreReal(t *testing.T) {
	f, err := os.Open(filepath.Join(testdata(t), "regions", "gemeenten.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	real := map[string]string{}
	for _, row := range rows[1:] {
		real[row[0]] = row[3]
	}
	for p, codes := range municipalities() {
		for _, code := range strings.Fields(codes) {
			if real[code] != p {
				t.Errorf("%s lies in %q, not in %s", code, real[code], p)
			}
		}
	}
}

// testdata gives the folder of the shared test data, or skips.
func testdata(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("LEERKRING_TESTDATA")
	if dir == "" && os.Getenv("LEERKRING_REQUIRE_TOOLS") == "1" {
		t.Fatal("LEERKRING_TESTDATA is not set")
	}
	if dir == "" {
		t.Skip("LEERKRING_TESTDATA is not set: the shared test data is not here")
	}
	return dir
}
