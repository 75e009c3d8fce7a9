package kb

import (
	"context"
	"slices"
	"strings"
)

// Identity is what the sign-in of an organisation says of someone.
type Identity struct {
	Subject Subject
	Name    string
	// Email counts only when the provider says that it is theirs, and is one that may
	// say so of this address.
	Email    string
	Verified bool
	// Role is what the provider decides; empty leaves the role to admins here, and
	// then Least is what it is raised to.
	Role, Least Role
	// Managed are the teams that the provider decides on, Teams those of them that
	// it says the person is in. Other teams are left as they are.
	Managed, Teams []ID
	// SignUp makes an account for who has none.
	SignUp   bool
	Language string
}

// SignInAs begins a session for someone whom a provider has recognised: the account
// that they signed in to before, or the one with their verified address, or a new
// one where that is allowed. Role and teams become what the provider says.
//
// An account of an editor or an admin, or one that has a sign-in of an organisation
// already, is not taken by its address. One that is loses its password, and its
// sessions, tokens and links end: whoever made them may be somebody else.
//
// Forbidden when there is no account, or a disabled one. Who is an admin stays one,
// whatever the provider says.
func (a *Accounts) SignInAs(ctx context.Context, who Identity, from Client) (*SignedIn, error) {
	x, err := a.recognise(ctx, who)
	if err != nil {
		return nil, err
	}
	if x == nil {
		x, err = a.welcome(ctx, who)
	}
	if err != nil {
		return nil, err
	}
	if x.Disabled || x.App {
		return nil, Errorf(Forbidden, Text{"Uw account is uitgeschakeld. Vraag een beheerder om hulp.", "Your account is disabled. Ask an admin for help."})
	}
	if next := a.told(x, who); !sameAs(x, next) {
		ev := Event{Type: EventProfileChanged, About: x.ID, Fields: changedBy(x, next), Note: who.Subject.Issuer}
		x, _, err = a.changeAdmin(ctx, x.Actor(), x.ID, 0, ev, func(x *Account) error {
			if !slices.Contains(x.Subjects, who.Subject) {
				if err := a.mayTake(ctx, x); err != nil {
					return err
				}
				x.Password = ""
				x.endProofs()
			}
			*x = *a.told(x, who)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return a.begin(ctx, x, from)
}

// recognise gives the account of someone, or nil.
func (a *Accounts) recognise(ctx context.Context, who Identity) (*Account, error) {
	x, err := a.byKey(ctx, SubjectKey(who.Subject))
	if err != nil || x != nil {
		return x, err
	}
	if !who.Verified || !validEmail(who.Email) {
		return nil, nil // there is none that we may take for theirs
	}
	return a.byKey(ctx, EmailKey(who.Email))
}

// mayTake refuses to link an account by its address when that would give away too
// much, and else ends the links to it.
func (a *Accounts) mayTake(ctx context.Context, x *Account) error {
	if x.Disabled || x.Role.AtLeast(RoleEditor) || len(x.Subjects) > 0 {
		return Errorf(Forbidden, Text{
			"Er is al een account met dit e-mailadres, en dat kan niet zonder meer aan deze aanmelding worden gekoppeld. Log in met uw wachtwoord, of vraag een beheerder om hulp.",
			"There is an account with this e-mail address already, and it cannot just be linked to this sign-in. Sign in with your password, or ask an admin for help.",
		})
	}
	return a.endTickets(ctx, x.ID)
}

// welcome makes an account for someone who has none.
func (a *Accounts) welcome(ctx context.Context, who Identity) (*Account, error) {
	if !who.SignUp {
		return nil, Errorf(Forbidden, Text{
			"U heeft hier nog geen account. Vraag een beheerder om een uitnodiging.", "You have no account here yet. Ask an admin for an invitation.",
		})
	}
	if !who.Verified || !validEmail(who.Email) {
		return nil, Errorf(Forbidden, Text{
			"Uw organisatie zegt niet dat dit e-mailadres van u is. Vraag een beheerder om hulp.", "Your organisation does not say that this e-mail address is yours. Ask an admin for help.",
		})
	}
	id := a.NewID()
	x := a.told(&Account{
		Head: a.newHead(id, id), Name: strings.TrimSpace(who.Name), Email: strings.TrimSpace(who.Email), Role: RoleVisitor, Language: who.Language, Mails: MailDaily,
	}, who)
	if x.Name == "" {
		x.Name, _, _ = strings.Cut(x.Email, "@")
	}
	if _, err := a.write(ctx, x.Actor(), x, Event{Type: EventSignedUp, About: id, Note: who.Subject.Issuer}); err != nil {
		return nil, err
	}
	if x.administers() {
		return x, a.addAdmin(ctx, id)
	}
	return x, nil
}

// told is an account as it is after its owner's organisation has spoken.
func (a *Accounts) told(x *Account, who Identity) *Account {
	next := x.clone()
	if !slices.Contains(next.Subjects, who.Subject) {
		next.Subjects = append(next.Subjects, who.Subject)
	}
	if next.ConfirmedAt == nil {
		now := a.time()
		next.ConfirmedAt = &now
	}
	// Who was made an admin here is not lowered by an organisation that names none.
	if who.Role != "" && (next.Role != RoleAdmin || who.Role == RoleAdmin) {
		next.Role = who.Role
	}
	if !next.Role.AtLeast(who.Least) {
		next.Role = who.Least
	}
	for _, team := range who.Managed {
		if !slices.Contains(who.Teams, team) {
			next.Teams = without(next.Teams, team)
		}
	}
	for _, team := range who.Teams {
		if x.Actor().TeamRole(team) == "" { // who organises the team goes on to
			next.Teams = append(next.Teams, Membership{Team: team, Role: TeamParticipant})
		}
	}
	return next
}

func sameAs(a, b *Account) bool { return len(changedBy(a, b)) == 0 }

func changedBy(a, b *Account) []string {
	var fields []string
	if (a.ConfirmedAt == nil) != (b.ConfirmedAt == nil) {
		fields = append(fields, "confirmedAt")
	}
	if a.Role != b.Role {
		fields = append(fields, "role")
	}
	if !slices.Equal(a.Subjects, b.Subjects) {
		fields = append(fields, "subjects")
	}
	if !slices.Equal(a.Teams, b.Teams) {
		fields = append(fields, "teams")
	}
	return fields
}
