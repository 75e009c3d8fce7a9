package kb

import (
	"strings"
	"time"
)

// Status is where a record stands in its life.
type Status string

// The states of a record.
const (
	StatusDraft     Status = "DRAFT"
	StatusInReview  Status = "IN_REVIEW"
	StatusPublished Status = "PUBLISHED"
	StatusWithdrawn Status = "WITHDRAWN"
)

// Visibility is for whom a published record is.
type Visibility string

// The visibilities. TEAM is for the members of one learning circle or organisation.
const (
	VisibilityPublic  Visibility = "PUBLIC"
	VisibilityMembers Visibility = "MEMBERS"
	VisibilityTeam    Visibility = "TEAM"
)

// Head is what every entity has, whatever its kind.
type Head struct {
	ID ID `json:"id"`
	// Slug is the readable name in the record's address; unique within its kind.
	Slug       string     `json:"slug"`
	Status     Status     `json:"status"`
	Visibility Visibility `json:"visibility"`
	// Team is the learning circle or organisation that a TEAM record is for.
	Team        ID         `json:"team,omitempty"`
	CreatedAt   time.Time  `json:"createdAt"`
	CreatedBy   ID         `json:"createdBy,omitempty"`
	UpdatedAt   time.Time  `json:"updatedAt"`
	UpdatedBy   ID         `json:"updatedBy,omitempty"`
	PublishedAt *time.Time `json:"publishedAt,omitempty"`
	PublishedBy ID         `json:"publishedBy,omitempty"`
	// Review is where the record, or its working copy, stands in its review; nil for
	// one that was not submitted since it was last published.
	Review *Review `json:"review,omitempty"`
	// EmbargoUntil is the moment before which the record is not published.
	EmbargoUntil *time.Time `json:"embargoUntil,omitempty"`
	// Withdrawal says why a withdrawn record was withdrawn.
	Withdrawal *Withdrawal `json:"withdrawal,omitempty"`
	// Origin says where an imported record came from.
	Origin *Origin `json:"origin,omitempty"`
	// Version is the version of the record that this entity was read from; the
	// store holds it, not the entity's own text.
	Version int `json:"-"`
}

// Review is where a record stands in its review.
type Review struct {
	// Reviewer is the account of the editor who was asked to look at it.
	Reviewer    ID         `json:"reviewer,omitempty"`
	SubmittedAt *time.Time `json:"submittedAt,omitempty"`
	SubmittedBy ID         `json:"submittedBy,omitempty"`
	// ChangesRequested is what the editor asked for when it was last sent back.
	ChangesRequested string `json:"changesRequested,omitempty"`
	// PublishAt is when a record that was approved is published by itself, and
	// ApprovedBy who approved it.
	PublishAt  *time.Time `json:"publishAt,omitempty"`
	ApprovedBy ID         `json:"approvedBy,omitempty"`
}

// Withdrawal says why and when a record was withdrawn, for readers who knew it.
type Withdrawal struct {
	At time.Time `json:"at"`
	By ID        `json:"by,omitempty"`
	// Reason is for all who could read the record.
	Reason string `json:"reason,omitempty"`
	// ReplacedBy is a record to read instead.
	ReplacedBy ID `json:"replacedBy,omitempty"`
}

// plausible reports whether something can be meant to happen at a moment.
func plausible(t time.Time) bool { return t.Year() >= 1900 && t.Year() < 2200 }

func (r *Review) check(c *checker) {
	if r == nil {
		return
	}
	for _, f := range []struct {
		field string
		id    ID
	}{{"review.reviewer", r.Reviewer}, {"review.submittedBy", r.SubmittedBy}, {"review.approvedBy", r.ApprovedBy}} {
		if f.id != "" {
			c.id(f.field, f.id)
		}
	}
	c.text("review.changesRequested", r.ChangesRequested, MaxText)
}

func (w *Withdrawal) check(c *checker) {
	if w == nil {
		return
	}
	if w.By != "" {
		c.id("withdrawal.by", w.By)
	}
	c.text("withdrawal.reason", w.Reason, MaxText)
	if w.ReplacedBy != "" {
		c.id("withdrawal.replacedBy", w.ReplacedBy)
	}
}

// Origin is where an imported record came from.
type Origin struct {
	// Source names the collection, Key the record in it.
	Source string `json:"source,omitempty"`
	Key    string `json:"key,omitempty"`
	// URL is the address of the original, http or https.
	URL string `json:"url,omitempty"`
	// Note keeps what the source said and no field of ours holds, like a foreign type.
	Note string `json:"note,omitempty"`
}

// Base gives the head itself; it makes every type that embeds Head an Entity's half.
func (h *Head) Base() *Head { return h }

// Entity is one noun of the domain with its head.
type Entity interface {
	Base() *Head
	// Kind is the kind of the entity.
	Kind() Kind
	// Label is the name by which people know it: a title, a name, a preferred label.
	Label() string
	// check adds what breaks the rules of the kind.
	check(c *checker)
}

func (h *Head) check(c *checker) {
	if !h.ID.Valid() {
		c.add("id", Text{"ongeldig kenmerk", "not a valid id"})
	}
	if !validSlug(h.Slug) {
		c.add("slug", Text{"alleen kleine letters, cijfers en streepjes, hoogstens 120 tekens", "only lower-case letters, digits and hyphens, at most 120 characters"})
	}
	oneOf(c, "status", h.Status, StatusDraft, StatusInReview, StatusPublished, StatusWithdrawn)
	oneOf(c, "visibility", h.Visibility, VisibilityPublic, VisibilityMembers, VisibilityTeam)
	if h.Visibility == "" && c.draft {
		c.add("visibility", Text{"kies voor wie dit is", "choose for whom this is"})
	}
	if h.Visibility == VisibilityTeam && h.Team == "" && !c.draft {
		c.add("team", Text{"een record voor een team noemt dat team", "a record for a team names that team"})
	}
	if h.Team != "" {
		c.id("team", h.Team)
	}
	if h.EmbargoUntil != nil && !plausible(*h.EmbargoUntil) {
		c.add("embargoUntil", Text{"ligt te ver weg", "is too far away"})
	}
	h.Review.check(c)
	h.Withdrawal.check(c)
	if h.Origin != nil {
		c.text("origin.source", h.Origin.Source, MaxLine)
		c.text("origin.key", h.Origin.Key, MaxLine)
		c.text("origin.note", h.Origin.Note, MaxText)
		c.url("origin.url", h.Origin.URL)
	}
}

func validSlug(s string) bool {
	return s != "" && len(s) <= MaxSlug && !strings.HasPrefix(s, "-") && !strings.HasSuffix(s, "-") &&
		strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// SlugKey is the unique key of a slug. The four kinds of material share one
// space of slugs, since one address finds them all.
func SlugKey(k Kind, slug string) string {
	for _, m := range MaterialKinds() {
		if k == m {
			return "slug:material/" + slug
		}
	}
	return "slug:" + string(k) + "/" + slug
}
