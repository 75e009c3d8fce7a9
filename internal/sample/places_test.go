package sample_test

import (
	"testing"

	"leerkring/internal/kb"
)

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
	places := kb.NewGazetteer()
	for _, r := range load(t) {
		for _, code := range regionCodes(r.Entity) {
			if region, ok := places.Region(code); !ok || region.ValidTo != "" {
				t.Errorf("%s: %q is no code of a region of today", r.Name, code)
			}
		}
	}
}

// TestCasesComeFromEverywhere holds what a visitor sees first of the map: no
// province is empty, and the facets that count provinces have something to count.
func TestCasesComeFromEverywhere(t *testing.T) {
	places := kb.NewGazetteer()
	got := map[string]bool{}
	for _, r := range load(t) {
		if c, ok := r.Entity.(*kb.Case); ok && r.public() {
			for _, code := range places.Expand(c.Regions) {
				got[code] = true
			}
		}
	}
	for _, province := range places.Regions(kb.Province) {
		if !got[province.Code] {
			t.Errorf("no case from %s", province.Name)
		}
	}
}
