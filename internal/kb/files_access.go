package kb

import (
	"slices"
	"strings"
)

// access gives who may read a file whatever it belongs to: editors, who read every
// material. Who else may depends on the material, and Files answers that.
func (*File) access() []string { return []string{AccessEditors} }

// accessToFile gives the terms under which a file may be read, by the live half of
// its material: those of who works on the material, and, while the published half
// lists the file, those of its readers for whom the file is too. A file is never for
// more people than its material. One for a team of a material that is for another
// team is for nobody but those who work on it.
func accessToFile(f *File, material Entity) []string {
	m, ok := material.(Material)
	if !ok || m.Base().ID != f.Record {
		return nil
	}
	terms := workers(m)
	if m.Base().Status != StatusPublished || !slices.Contains(m.Shared().Files, f.ID) {
		return terms
	}
	for _, reader := range readersOf(m) {
		for _, t := range narrowed(reader, f.Visibility, f.Team) {
			if !slices.Contains(terms, t) {
				terms = append(terms, t)
			}
		}
	}
	return terms
}

// readersOf gives the terms of those who read a material and do not work on it.
func readersOf(m Material) []string {
	works := workers(m)
	return slices.DeleteFunc(Access(m), func(t string) bool { return slices.Contains(works, t) })
}

// narrowed gives the terms of those among the holders of a reader's term for whom a
// visibility is as well.
func narrowed(reader string, v Visibility, team ID) []string {
	for _, own := range visibleTo(v, team) {
		switch {
		case implies(reader, own):
			return []string{reader}
		case implies(own, reader):
			return []string{own}
		case reader == AccessMembers && v == VisibilityTeam:
			return membersOf(string(AccessTeam(team)))
		case own == AccessMembers && strings.HasPrefix(reader, AccessTeam("")):
			return membersOf(reader)
		}
	}
	return nil
}

// membersOf gives the terms of those in a team who are members as well: only they
// hold the term of their role in it (Actor.Reads).
func membersOf(team string) []string {
	var out []string
	for _, role := range []TeamRole{TeamOrganiser, TeamFacilitator, TeamParticipant} {
		out = append(out, team+":"+string(role))
	}
	return out
}

// implies reports whether all who hold one term hold another one too.
func implies(term, other string) bool {
	if term == other || other == AccessPublic {
		return true
	}
	team, inRole := strings.CutPrefix(term, AccessTeam(""))
	team, _, hasRole := strings.Cut(team, ":")
	if inRole && hasRole {
		return other == AccessMembers || other == AccessTeam(ID(team))
	}
	return other == AccessMembers && (term == AccessEditors || term == AccessAdmins)
}
