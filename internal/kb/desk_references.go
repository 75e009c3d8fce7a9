package kb

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// reference is one place where an entity names another record.
type reference struct {
	field string
	// id, or key for what is named by a slug or a code.
	id  ID
	key string
	// kinds are what the other record may be; empty for any content.
	kinds []Kind
	// of is the material that a file must be of.
	of ID
}

// is reports whether both name the same, wherever they stand.
func (r reference) is(other reference) bool { return r.id == other.id && r.key == other.key }

// references gather the places of one entity.
type references []reference

func (r *references) id(field string, id ID, kinds ...Kind) {
	if id != "" {
		*r = append(*r, reference{field: field, id: id, kinds: kinds})
	}
}

func (r *references) ids(field string, ids []ID, kinds ...Kind) {
	for i, id := range ids {
		r.id(fmt.Sprintf("%s[%d]", field, i), id, kinds...)
	}
}

func (r *references) themes(field string, slugs []string) {
	for i, slug := range slugs {
		*r = append(*r, reference{field: fmt.Sprintf("%s[%d]", field, i), key: SlugKey(KindTheme, slug), kinds: []Kind{KindTheme}})
	}
}

func (r *references) region(field, code string) {
	if code != "" {
		*r = append(*r, reference{field: field, key: "region:" + code, kinds: []Kind{KindRegion}})
	}
}

func (r *references) regions(field string, codes []string) {
	for i, code := range codes {
		r.region(fmt.Sprintf("%s[%d]", field, i), code)
	}
}

// referencesOf gives all records that an entity names, but for its team.
func referencesOf(e Entity) references {
	var r references
	if m, ok := e.(Material); ok {
		c := m.Shared()
		r.themes("themes", c.Themes)
		r.regions("regions", c.Regions)
		r.ids("organisations", c.Organisations, KindOrganisation)
		r.ids("people", c.People, KindPerson)
		r.ids("related", c.Related)
		for i, id := range c.Files {
			r = append(r, reference{field: fmt.Sprintf("files[%d]", i), id: id, kinds: []Kind{KindFile}, of: c.ID})
		}
	}
	switch x := e.(type) {
	case *Case:
		for i, p := range x.Partners {
			r.id(fmt.Sprintf("partners[%d].organisation", i), p.Organisation, KindOrganisation)
		}
		r.ids("contacts", x.Contacts, KindPerson)
	case *Publication:
		r.id("replaces", x.Replaces, KindPublication)
	case *Presentation:
		r.ids("speakers", x.Speakers, KindPerson)
		r.id("meeting", x.Meeting, KindMeeting)
	case *Lesson:
		if x.LearnedFrom != nil {
			r.id("learnedFrom.record", x.LearnedFrom.Record, KindCase, KindPresentation, KindMeeting, KindPublication)
		}
	default:
		r.others(e)
	}
	return r
}

// others adds the references of the kinds that are no material.
func (r *references) others(e Entity) {
	switch x := e.(type) {
	case *Theme:
		r.themes("broader", x.Broader)
		r.themes("narrower", x.Narrower)
		r.themes("related", x.Related)
	case *Region:
		r.regions("parents", x.Parents)
		r.regions("municipalities", x.Municipalities)
		r.regions("succeededBy", x.SucceededBy)
	case *Organisation:
		r.region("cbsCode", x.CBSCode)
		r.ids("members", x.Members, KindOrganisation)
	case *Person:
		r.id("organisation", x.Organisation, KindOrganisation)
		r.regions("regions", x.Regions)
	case *LearningCircle:
		r.themes("themes", x.Themes)
		r.regions("regions", x.Regions)
		r.ids("organisers", x.Organisers, KindOrganisation)
		r.ids("facilitators", x.Facilitators, KindPerson)
		r.ids("participants", x.Participants, KindPerson)
	case *Meeting:
		r.id("circle", x.Circle, KindLearningCircle)
		r.id("host", x.Host, KindOrganisation)
		r.region("hostCity", x.HostCity)
		r.themes("themes", x.Themes)
		for i, it := range x.Programme {
			r.ids(fmt.Sprintf("programme[%d].speakers", i), it.Speakers, KindPerson)
			r.ids(fmt.Sprintf("programme[%d].material", i), it.Material, MaterialKinds()...)
		}
	case *Question:
		r.id("askedBy", x.AskedBy, KindPerson)
		r.themes("themes", x.Themes)
		for i, a := range x.Answers {
			r.id(fmt.Sprintf("answers[%d].by", i), a.By, KindPerson)
			r.ids(fmt.Sprintf("answers[%d].material", i), a.Material, MaterialKinds()...)
		}
	}
}

// newReferences gives what an entity names and an earlier form of it did not.
// earlier is nil for a new record.
func newReferences(earlier, e Entity) references {
	var had references
	if earlier != nil {
		had = referencesOf(earlier)
	}
	return slices.DeleteFunc(referencesOf(e), func(r reference) bool { return slices.ContainsFunc(had, r.is) })
}

// checkReferences tells which references lead to nothing that the actor may know
// of. Whether there is something is not told.
func (d *Desk) checkReferences(ctx context.Context, actor Actor, refs references) ([]Problem, error) {
	found, err := d.lookUp(ctx, refs)
	if err != nil {
		return nil, err
	}
	var problems []Problem
	for _, r := range refs {
		e := found[r.id]
		if r.key != "" {
			e = found[ID(r.key)]
		}
		if file, ok := e.(*File); ok && r.of != "" && file.Record == r.of {
			continue // who changes a material reads its files
		}
		if e != nil && r.of == "" && actor.CanRead(e) && (slices.Contains(r.kinds, e.Kind()) || len(r.kinds) == 0 && slices.Contains(ContentKinds(), e.Kind())) {
			continue
		}
		problems = append(problems, Problem{r.field, unknownReference(r)})
	}
	return problems, nil
}

func unknownReference(r reference) Text {
	if r.key == "" {
		return Text{"bestaat niet, of u mag het niet zien", "does not exist, or you may not see it"}
	}
	return Text{fmt.Sprintf("%q bestaat niet, of u mag het niet zien", r.named()), fmt.Sprintf("%q does not exist, or you may not see it", r.named())}
}

// named is the slug or the code in a key.
func (r reference) named() string {
	return strings.TrimPrefix(strings.TrimPrefix(r.key, "region:"), SlugKey(KindTheme, ""))
}

// lookUp reads the live halves of what is referred to, by id or by key.
func (d *Desk) lookUp(ctx context.Context, refs references) (map[ID]Entity, error) {
	var ids []ID
	var keys []string
	for _, r := range refs {
		if r.key != "" {
			keys = append(keys, r.key)
		} else if r.id.Valid() {
			ids = append(ids, r.id)
		}
	}
	var owners map[string]ID
	if len(keys) > 0 {
		var err error
		if owners, err = d.store.Find(ctx, keys); err != nil {
			return nil, err
		}
	}
	for _, id := range owners {
		ids = append(ids, id)
	}
	if len(ids) == 0 {
		return nil, nil
	}
	slices.Sort(ids)
	records, err := d.store.Get(ctx, slices.Compact(ids))
	if err != nil {
		return nil, err
	}
	found := make(map[ID]Entity, len(records))
	for id, record := range records {
		if found[id], err = decodeLive(record); err != nil {
			return nil, err
		}
	}
	for key, id := range owners {
		if e := found[id]; e != nil && slices.Contains(Keys(e), key) {
			found[ID(key)] = e
		}
	}
	return found, nil
}

// checkTeam tells when a record is newly made one of a team that the actor is not
// in. Editors name any learning circle or organisation.
func (d *Desk) checkTeam(ctx context.Context, actor Actor, earlier, e Entity) ([]Problem, error) {
	h := e.Base()
	team := h.Team
	if team == "" {
		return nil, nil
	}
	if earlier != nil && earlier.Base().Team == team && (h.Visibility != VisibilityTeam || earlier.Base().Visibility == VisibilityTeam) {
		return nil, nil
	}
	if actor.TeamRole(team) != "" {
		return nil, nil
	}
	if !actor.CanEdit() {
		return []Problem{{"team", Text{"is geen team van u", "is not a team of yours"}}}, nil
	}
	return d.checkReferences(ctx, actor, references{{field: "team", id: team, kinds: []Kind{KindLearningCircle, KindOrganisation}}})
}
