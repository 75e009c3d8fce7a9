package kb

import (
	"context"
	"time"
)

// linkLasts is how long a link to a file works.
const linkLasts = 10 * time.Minute

// Link makes a link that fetches a file once, within 10 minutes, as the actor: for
// front-ends on other sites, where a browser sends no proof of who asks.
func (f *Files) Link(ctx context.Context, actor Actor, id ID) (secret string, expires time.Time, err error) {
	if err := mustSignIn(actor, ScopeRead); err != nil {
		return "", time.Time{}, err
	}
	v, err := f.one(ctx, actor, id)
	if err != nil {
		return "", time.Time{}, err
	}
	if !v.Original {
		return "", time.Time{}, hiddenPages(actor)
	}
	secret = newSecret()
	t := &Ticket{
		Head: internalHead(f.NewID(), f.Now()), Purpose: TicketDownload, Account: actor.Account, File: id,
		Secret: hashSecret(secret), ExpiresAt: f.clock().Add(linkLasts),
	}
	_, err = f.write(ctx, actor, t, Event{Type: EventInternal})
	return secret, t.ExpiresAt, err
}

// Redeem opens the file of a link, and ends the link. NotFound for one that is not
// known, was used or is over, and when its maker may no longer read the file.
func (f *Files) Redeem(ctx context.Context, secret string) (Download, error) {
	key := downloadKey(hashSecret(secret))
	owners, err := f.Store.Find(ctx, []string{key})
	if err != nil {
		return Download{}, err
	}
	t, ok, err := liveOf[*Ticket](ctx, f.Store, owners[key])
	if err != nil {
		return Download{}, err
	}
	if !ok || !t.ExpiresAt.After(f.Now()) {
		return Download{}, noLink()
	}
	_, err = f.drop(ctx, Actor{Account: t.Account}, t, Event{Type: EventInternal})
	if CodeOf(err) == Conflict { // somebody used it at this moment
		return Download{}, noLink()
	}
	if err != nil {
		return Download{}, err
	}
	actor, err := f.actorOf(ctx, t.Account)
	if err != nil {
		return Download{}, err
	}
	return f.Original(ctx, actor, t.File)
}

func noLink() error {
	return Errorf(NotFound, Text{"Deze link is gebruikt of verlopen. Vraag een nieuwe.", "This link was used or has expired. Ask for a new one."})
}
