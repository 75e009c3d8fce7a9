package kb

import (
	"context"
	"slices"
)

// FileChanges are changes of a file; nil leaves as it is.
type FileChanges struct {
	Name       *string
	Visibility *Visibility
	Team       *ID
	Hidden     *[]int
	// Replaces is the file of the same material that it is a newer version of; empty for
	// none. That file stays in its place.
	Replaces *ID
}

// Change changes how a file is shown. It holds at once, also in what is published;
// there who is no editor can only show less.
func (f *Files) Change(ctx context.Context, actor Actor, t Target, c FileChanges) (FileView, Seq, error) {
	return f.change(ctx, actor, t, Event{Type: EventFileChanged}, func(p *placed) error {
		after := *p.file
		if c.Name != nil {
			after.Name = cleanName(*c.Name)
		}
		if c.Visibility != nil {
			after.Visibility = *c.Visibility
		}
		if c.Team != nil {
			after.Team = *c.Team
		}
		if after.Visibility != VisibilityTeam {
			after.Team = ""
		}
		if c.Hidden != nil {
			after.Hidden = slices.Compact(slices.Sorted(slices.Values(*c.Hidden)))
			if len(after.Hidden) == 0 {
				after.Hidden = nil
			}
		}
		problems := checkAudience(after.Visibility, after.Team)
		if c.Replaces != nil {
			after.Replaces = *c.Replaces
			if after.Replaces != "" && !p.besides(after.Replaces) {
				problems = append(problems, noOtherFile())
			}
		}
		if err := invalid(problems); err != nil {
			return err
		}
		if err := mayShow(actor, p, &after); err != nil {
			return err
		}
		*p.file = after
		return nil
	})
}

// besides reports whether a file stands beside this one in the working half of their
// material.
func (p *placed) besides(id ID) bool {
	return id != p.file.ID && slices.Contains(workOf(p.live, p.copy).(Material).Shared().Files, id)
}

func noOtherFile() Problem {
	return Problem{"replaces", Text{"is geen ander bestand van dit materiaal", "is not another file of this material"}}
}

// mayShow leaves showing more of what is published to editors.
func mayShow(actor Actor, p *placed, after *File) error {
	if actor.CanEdit() || p.live.Base().Status != StatusPublished || !slices.Contains(p.live.(Material).Shared().Files, after.ID) {
		return nil
	}
	before := accessToFile(p.file, p.live)
	for _, term := range accessToFile(after, p.live) {
		if !slices.ContainsFunc(before, func(had string) bool { return implies(term, had) }) {
			return forbidden(actor, Text{"Dit is gepubliceerd. Vraag een redacteur om het bestand voor meer mensen zichtbaar te maken.", "This is published. Ask an editor to make the file visible to more people."})
		}
	}
	for _, page := range p.file.Hidden {
		if !slices.Contains(after.Hidden, page) {
			return forbidden(actor, Text{"Dit is gepubliceerd. Vraag een redacteur om een verborgen pagina weer te tonen.", "This is published. Ask an editor to show a hidden page again."})
		}
	}
	return nil
}

// Explain says why a finding is in order; an empty reason takes that back. Invalid
// when the file has no such finding.
func (f *Files) Explain(ctx context.Context, actor Actor, t Target, finding, reason string) (FileView, Seq, error) {
	v, err := f.working(ctx, actor, t.ID)
	if err != nil {
		return FileView{}, 0, err
	}
	found, err := f.findings(ctx, v)
	if err != nil {
		return FileView{}, 0, err
	}
	if !slices.ContainsFunc(found, func(x Finding) bool { return x.Key == finding }) {
		return FileView{}, 0, invalid([]Problem{{"finding", Text{"staat niet in dit bestand", "is not in this file"}}})
	}
	if err := invalid(checkNote("reason", reason, false)); err != nil {
		return FileView{}, 0, err
	}
	ev := Event{Type: EventFindingExplained, Note: reason}
	return f.change(ctx, actor, t, ev, func(p *placed) error {
		is := func(x Explained) bool { return x.Finding == finding }
		p.file.Explained = slices.DeleteFunc(slices.Clone(p.file.Explained), is)
		if reason != "" {
			p.file.Explained = append(p.file.Explained, Explained{Finding: finding, Reason: reason, By: actor.Account, At: f.clock()})
		}
		return nil
	})
}

// change reads a file at the version that the actor read, changes it and writes it.
// Version 0 changes whatever there is.
func (f *Files) change(ctx context.Context, actor Actor, t Target, ev Event, apply func(*placed) error) (FileView, Seq, error) {
	for try := 1; ; try++ {
		p, err := f.toChange(ctx, actor, t.ID)
		if err != nil {
			return FileView{}, 0, err
		}
		if t.Version != 0 && t.Version != p.file.Version {
			return FileView{}, 0, Errorf(Conflict, Text{"Dit bestand is intussen gewijzigd. Kijk hoe het nu is en probeer het opnieuw.", "This file has been changed meanwhile. Look at it as it is now and try again."})
		}
		before := *p.file
		if err := apply(p); err != nil {
			return FileView{}, 0, err
		}
		ev.About = p.file.Record
		if ev.Fields, err = changes(&before, p.file); err != nil {
			return FileView{}, 0, err
		}
		seq := Seq(0)
		if len(ev.Fields) > 0 {
			seq, err = f.write(ctx, actor, p.file, ev)
		} else {
			seq, err = f.Store.Last(ctx)
		}
		if err == nil {
			v, _ := p.view(actor)
			return v, seq, nil
		}
		if CodeOf(err) != Conflict || try == changeTries {
			return FileView{}, 0, err
		}
	}
}

// toChange gives a file of a material that the actor may change now.
func (f *Files) toChange(ctx context.Context, actor Actor, id ID) (*placed, error) {
	found, err := placeFiles(ctx, f.Store, []ID{id})
	if err != nil {
		return nil, err
	}
	p, ok := found[id]
	if !ok {
		return nil, noFile()
	}
	if _, ok := p.view(actor); !ok {
		return nil, noFile()
	}
	_, err = f.openMaterial(ctx, actor, p.file.Record)
	return p, err
}

// Remove takes a file out of the working half of its material. While the published
// half lists it readers keep it, until the copy is approved; else it is gone, and its
// bytes go with the scrub. Versions of the material that name it then do so in vain.
func (f *Files) Remove(ctx context.Context, actor Actor, t Target) (Seq, error) {
	p, err := f.toChange(ctx, actor, t.ID)
	if err != nil {
		return 0, err
	}
	if t.Version != 0 && t.Version != p.file.Version {
		return 0, Errorf(Conflict, Text{"Dit bestand is intussen gewijzigd. Kijk hoe het nu is en probeer het opnieuw.", "This file has been changed meanwhile. Look at it as it is now and try again."})
	}
	seq, err := f.relist(ctx, actor, p.file.Record, func(files []ID) []ID {
		return slices.DeleteFunc(files, func(id ID) bool { return id == t.ID })
	})
	if err != nil {
		return 0, err
	}
	if p, err = f.toChange(ctx, actor, t.ID); err != nil || p.listed() {
		return seq, err
	}
	gone, err := f.drop(ctx, actor, p.file, Event{Type: EventFileRemoved, About: p.file.Record})
	if CodeOf(err) == Conflict { // it was changed at this moment; the scrub takes it
		err = nil
	}
	return max(seq, gone), err
}

// listed reports whether a half of its material names a file.
func (p *placed) listed() bool {
	for _, half := range []Entity{p.live, p.copy} {
		if m, ok := half.(Material); ok && slices.Contains(m.Shared().Files, p.file.ID) {
			return true
		}
	}
	return false
}

// Refuse turns suggestions down, so that they are not shown again.
func (f *Files) Refuse(ctx context.Context, actor Actor, id ID, keys []string) (FileView, Seq, error) {
	return f.answer(ctx, actor, id, keys, func(file *File) *[]string { return &file.Refused })
}

// answer notes keys of suggestions in a list of a file, the last MaxList of them.
func (f *Files) answer(ctx context.Context, actor Actor, id ID, keys []string, list func(*File) *[]string) (FileView, Seq, error) {
	return f.change(ctx, actor, Target{ID: id}, Event{Type: EventInternal}, func(p *placed) error {
		l := list(p.file)
		all := slices.Clone(*l)
		for _, key := range keys {
			if !slices.Contains(all, key) {
				all = append(all, key)
			}
		}
		*l = all[max(0, len(all)-MaxList):]
		return nil
	})
}
