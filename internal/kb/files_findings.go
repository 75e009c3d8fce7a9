package kb

import (
	"context"
	"fmt"
	"slices"
)

// UncheckedKey is the key of the finding that a file could not be read, and so not be
// checked.
const UncheckedKey = "unchecked"

func uncheckedFinding() Finding {
	return Finding{Key: UncheckedKey, Type: FindingUnchecked, Severity: Serious}
}

// unread reports whether a state leaves a file with something in it that nobody
// could read.
func (s ExtractionState) unread() bool {
	return s.Settled() && s != ExtractionRead && s != ExtractionEmpty
}

// answered reports whether somebody explained a finding of a file, or hid its page.
func (f *File) answered(s SeriousFinding) bool {
	return slices.Contains(f.Hidden, s.Page) || slices.ContainsFunc(f.Explained, func(x Explained) bool { return x.Finding == s.Key })
}

// unanswered counts the serious findings of a file that nobody answered.
func (f *File) unanswered(x *Extraction) int {
	n := 0
	for _, s := range x.Serious {
		if !f.answered(s) {
			n++
		}
	}
	return n
}

// Findings gives what the safety check found in a file, to who works on its material.
func (f *Files) Findings(ctx context.Context, actor Actor, id ID) ([]Finding, error) {
	v, err := f.working(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	return f.findings(ctx, v)
}

func (f *Files) findings(ctx context.Context, v FileView) ([]Finding, error) {
	var out []Finding
	err := f.reading(ctx, v.File.SHA256, v.Extraction, func(k *KeptReading) error {
		out = k.Reading.Findings
		return nil
	})
	isUnchecked := func(x Finding) bool { return x.Key == UncheckedKey }
	if v.Extraction != nil && v.Extraction.State.unread() && !slices.ContainsFunc(out, isUnchecked) {
		out = append([]Finding{uncheckedFinding()}, out...)
	}
	return out, err
}

// working gives a file to who works on its material; others may not know what was
// found in it.
func (f *Files) working(ctx context.Context, actor Actor, id ID) (FileView, error) {
	v, err := f.one(ctx, actor, id)
	if err == nil && !v.Works {
		err = forbidden(actor, Text{"Dit is alleen voor wie aan het materiaal werkt.", "This is for those who work on the material only."})
	}
	return v, err
}

// checkFiles tells why the files of a material keep it from being reviewed or
// published: they are still being read, or hold what nobody answered.
func (d *Desk) checkFiles(ctx context.Context, e Entity) ([]Problem, error) {
	waits, asks, err := d.filesOf(ctx, e)
	return append(waits, asks...), err
}

// filesOf gives the problems of the files of a material: those that end by themselves
// and those that a person must answer.
func (d *Desk) filesOf(ctx context.Context, e Entity) (waits, asks []Problem, err error) {
	m, ok := e.(Material)
	if !ok || len(m.Shared().Files) == 0 {
		return nil, nil, nil
	}
	placed, err := placeFiles(ctx, d.store, m.Shared().Files)
	if err != nil {
		return nil, nil, err
	}
	for _, id := range m.Shared().Files {
		p, ok := placed[id]
		if !ok {
			continue // it is gone, and nobody sees it
		}
		x := p.extraction
		if x == nil || x.Edition == 0 && !x.State.Settled() || x.State == ExtractionRecognising {
			waits = append(waits, Problem{"files", Text{
				fmt.Sprintf("‘%s’ wordt nog gelezen; probeer het over een minuut opnieuw", p.file.Name),
				fmt.Sprintf("‘%s’ is still being read; try again in a minute", p.file.Name),
			}})
			continue
		}
		if n := p.file.unanswered(x); n > 0 {
			asks = append(asks, Problem{"files", Text{
				fmt.Sprintf("kijk naar wat in ‘%s’ is gevonden (%d): verbeter het bestand, verberg de pagina of leg uit waarom het kan", p.file.Name, n),
				fmt.Sprintf("look at what was found in ‘%s’ (%d): mend the file, hide the page, or explain why it is in order", p.file.Name, n),
			}})
		}
	}
	return waits, asks, nil
}
