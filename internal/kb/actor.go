package kb

// Role is what a person may do at most.
type Role string

// The roles. Until there are accounts everyone is a visitor, and the commands
// on the operator's own machine act as System.
const (
	RoleVisitor Role = ""
	RoleSystem  Role = "system"
)

// Actor is who is asking.
type Actor struct {
	Person ID
	Role   Role
}

// Visitor is anyone from outside.
func Visitor() Actor { return Actor{} }

// System is the operator at the command line and the program itself.
func System() Actor { return Actor{Role: RoleSystem} }

// AccessPublic is the access term of what everyone may read.
const AccessPublic = "public"

// Access gives the terms under which a record may be read. It is the form of
// CanRead that an index can hold: an actor reads a record when one of the
// record's terms is among Reads(actor).
func Access(h *Head) []string {
	if h.Status == StatusPublished && h.Visibility == VisibilityPublic {
		return []string{AccessPublic}
	}
	return nil
}

// Reads gives the access terms that an actor may read; all is true for an actor
// who reads everything.
func (a Actor) Reads() (terms []string, all bool) {
	if a.Role == RoleSystem {
		return nil, true
	}
	return []string{AccessPublic}, false
}

// CanRead reports whether the actor may read, and so may know of, a record.
func (a Actor) CanRead(h *Head) bool {
	terms, all := a.Reads()
	if all {
		return true
	}
	for _, t := range Access(h) {
		for _, u := range terms {
			if t == u {
				return true
			}
		}
	}
	return false
}
