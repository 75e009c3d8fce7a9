package graph

import (
	"context"

	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// SaveProfile is the resolver of saveProfile.
func (r mutationResolver) SaveProfile(ctx context.Context, input map[string]any) (*model.SaveProfilePayload, error) {
	reading := readingOf(ctx)
	read := 0
	if v, _ := input["version"].(*int); v != nil {
		read = chosen(*v)
	}
	p, seq, err := r.accounts.SaveProfile(ctx, reading.actor, read, profileOf(input))
	wrong, err := mendable(ctx, err)
	if err != nil {
		return nil, err
	}
	if len(wrong) > 0 {
		return &model.SaveProfilePayload{UserErrors: wrong}, nil
	}
	return &model.SaveProfilePayload{Person: p, Sequence: sequence(ctx, seq)}, nil
}

// profileOf gives what an input says of a profile: what is absent stays, what is
// null is cleared.
func profileOf(in map[string]any) kb.Profile {
	return kb.Profile{
		Name: given[string](in, "name"), Function: given[string](in, "function"), Bio: given[string](in, "bio"),
		Organisation: given[kb.ID](in, "organisation"), Expertise: givenList(in, "expertise"), Regions: givenList(in, "regions"),
		Email: givenContact(in, "email"), Phone: givenContact(in, "phone"), Consent: given[bool](in, "consent"),
	}
}

// given gives the value of a field: nil when it is absent, the zero value when it is null.
func given[T any](in map[string]any, field string) *T {
	v, ok := in[field]
	if !ok {
		return nil
	}
	if p, _ := v.(*T); p != nil {
		return p
	}
	return new(T)
}

func givenList(in map[string]any, field string) *[]string {
	v, ok := in[field]
	if !ok {
		return nil
	}
	list, _ := v.([]string)
	return &list
}

func givenContact(in map[string]any, field string) *kb.Contact {
	c := given[model.ContactInput](in, field)
	if c == nil {
		return nil
	}
	return &kb.Contact{Value: c.Value, Visibility: c.Visibility}
}

// SetConsent is the resolver of setConsent.
func (r mutationResolver) SetConsent(ctx context.Context, input model.SetConsentInput) (*model.SetConsentPayload, error) {
	set := r.accounts.WithdrawConsent
	if input.Consent {
		set = r.accounts.GiveConsent
	}
	p, seq, err := set(ctx, readingOf(ctx).actor)
	wrong, err := mendable(ctx, err)
	if err != nil {
		return nil, err
	}
	if len(wrong) > 0 {
		return &model.SetConsentPayload{UserErrors: wrong}, nil
	}
	return &model.SetConsentPayload{Person: p, Sequence: sequence(ctx, seq)}, nil
}

// DeleteMyAccount is the resolver of deleteMyAccount.
func (r mutationResolver) DeleteMyAccount(ctx context.Context, input model.DeleteMyAccountInput) (*model.DeleteMyAccountPayload, error) {
	seq, err := r.accounts.DeleteAccount(ctx, readingOf(ctx).actor, deref(input.Password), kb.ClientOf(ctx))
	wrong, err := mendable(ctx, err)
	if err != nil {
		return nil, err
	}
	for _, e := range wrong {
		if deref(e.Field) == "current" { // as changePassword calls it
			e.Field = filled("password")
		}
	}
	return &model.DeleteMyAccountPayload{UserErrors: wrong, Sequence: sequence(ctx, seq)}, nil
}
