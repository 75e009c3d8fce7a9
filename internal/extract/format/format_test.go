package format_test

import (
	"errors"
	"fmt"
	"testing"

	"leerkring/internal/extract/format"
	"leerkring/internal/kb"
)

func TestProblemIsFoundThroughWrapping(t *testing.T) {
	err := fmt.Errorf("page 3: %w", format.Problemf(kb.ExtractionBroken, "no part %q", "word/document.xml"))
	problem, ok := errors.AsType[*format.Problem](err)
	if !ok || problem.State != kb.ExtractionBroken {
		t.Fatalf("%v is not a problem of a broken file", err)
	}
	if want := `BROKEN: no part "word/document.xml"`; problem.Error() != want {
		t.Errorf("got %q, want %q", problem.Error(), want)
	}
}
