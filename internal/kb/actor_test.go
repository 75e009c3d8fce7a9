package kb_test

import (
	"slices"
	"testing"

	"leerkring/internal/kb"
)

// The index asks Access and Reads, the library asks CanRead: what one finds the
// other must open.
func TestAccessAndCanReadAgree(t *testing.T) {
	actors := map[string]kb.Actor{
		"visitor": kb.Visitor(), "editor": kb.Editor(), "system": kb.System(), "someone": {Person: kb.DeriveID("test", "someone")},
	}
	statuses := []kb.Status{kb.StatusDraft, kb.StatusInReview, kb.StatusPublished, kb.StatusWithdrawn, ""}
	visibilities := []kb.Visibility{kb.VisibilityPublic, kb.VisibilityMembers, kb.VisibilityTeam, ""}
	for who, actor := range actors {
		for _, status := range statuses {
			for _, visibility := range visibilities {
				for what, e := range map[string]kb.Entity{
					"case":                     &kb.Case{},
					"person with consent":      &kb.Person{Consent: true},
					"person without a consent": &kb.Person{},
					"presentation":             &kb.Presentation{},
					"presentation with a yes":  &kb.Presentation{Consent: new(true)},
					"presentation with a no":   &kb.Presentation{Consent: new(false)},
					"judgement list":           &kb.JudgementList{},
				} {
					e.Base().Status, e.Base().Visibility = status, visibility
					public := status == kb.StatusPublished && visibility == kb.VisibilityPublic && what != "person without a consent" && what != "presentation with a no"
					want := public || who == "system"
					if what == "judgement list" {
						want = who == "system" || who == "editor" && status == kb.StatusPublished
					}
					if got := actor.CanRead(e); got != want {
						t.Errorf("%s may read a %s %s %s: %v", who, status, visibility, what, got)
					}
					if got := found(actor, e); got != want {
						t.Errorf("%s may find a %s %s %s: %v", who, status, visibility, what, got)
					}
				}
			}
		}
	}
}

func TestTheActorOfARequest(t *testing.T) {
	if got := kb.ActorOf(t.Context()); got != kb.Visitor() {
		t.Errorf("nobody said who: %v", got)
	}
	if got := kb.ActorOf(kb.WithActor(t.Context(), kb.Editor())); got != kb.Editor() || !got.CanEdit() || kb.Visitor().CanEdit() {
		t.Errorf("an editor: %v", got)
	}
}

// found answers as an index does, with the terms of the actor and of the entity.
func found(a kb.Actor, e kb.Entity) bool {
	terms, all := a.Reads()
	return all || slices.ContainsFunc(kb.Access(e), func(term string) bool { return slices.Contains(terms, term) })
}
