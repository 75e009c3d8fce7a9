package kb

import (
	"fmt"
	"testing"
)

// What is kept has a bound, whatever is asked for.
func TestKeptIsBounded(t *testing.T) {
	k := newKept(nil, 1_000, KindRegion)
	entry := func(name string, size int) keptEntry {
		return keptEntry{&Region{Head: Head{ID: DeriveID("kept", name), Slug: name}, Code: name}, size}
	}
	for i := range 500 {
		k.add([]keptEntry{entry(fmt.Sprint("r", i), 10)}, 0)
	}
	k.add([]keptEntry{entry("r499", 9), entry("large", 11)}, 0)
	k.add([]keptEntry{{&Case{Common: Common{Head: Head{ID: DeriveID("kept", "case")}}}, 1}}, 0)
	size := 0
	for id, e := range k.byID {
		size += e.size
		if region := e.entity.(*Region); k.byKey["region:"+region.Code] != e.entity || region.ID != id {
			t.Errorf("%s is kept under one name only", region.Code)
		}
	}
	if len(k.byID) != 100 || len(k.byKey) != 200 || size != k.size || size > k.most {
		t.Errorf("%d records, %d keys, %d bytes, counted as %d", len(k.byID), len(k.byKey), size, k.size)
	}
	if e, ok := k.byKey["region:r499"]; !ok || k.byID[e.Base().ID].size != 9 {
		t.Error("what came last was not kept")
	}
}
