package auth_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"leerkring/internal/auth"
	"leerkring/internal/kb"
)

// What was begun goes on after a restart.
func TestSessionsSurviveARestart(t *testing.T) {
	stores(t, func(t *testing.T, _ bool, open func() kb.Store) {
		store := open()
		people := accounts(store)
		in := firstAdmin(t, people)
		actor, err := people.Authenticate(t.Context(), in.Secret)
		must(t, err)
		token, _, _, err := people.CreateToken(t.Context(), actor, kb.TokenRequest{Name: "x", Scopes: kb.Scopes()})
		must(t, err)
		must(t, store.Close())

		store = open()
		defer func() { must(t, store.Close()) }()
		people = accounts(store)
		for _, secret := range []string{in.Secret, token} {
			if again, err := people.Authenticate(t.Context(), secret); err != nil || again.Account != actor.Account {
				t.Errorf("%+v %v", again, err)
			}
		}
		if _, err := people.FirstAdmin(t.Context()); kb.CodeOf(err) != kb.NotFound {
			t.Errorf("a link for a first admin: %v", err)
		}
	})
}

// processes opens a store as two processes do: each with a connection of its own where
// a store can be shared, else as two services over one store.
func processes(t *testing.T, shared bool, open func() kb.Store) (one, two *kb.Accounts) {
	t.Helper()
	first := open()
	t.Cleanup(func() { must(t, first.Close()) })
	second := first
	if shared {
		second = open()
		t.Cleanup(func() { must(t, second.Close()) })
	}
	return accounts(first), accounts(second)
}

// What one process ends is dead in the other one at once.
func TestWhatIsRevokedIsDeadEverywhere(t *testing.T) {
	stores(t, func(t *testing.T, shared bool, open func() kb.Store) {
		here, there := processes(t, shared, open)
		in := firstAdmin(t, here)
		actor, err := here.Authenticate(t.Context(), in.Secret)
		must(t, err)
		var worst time.Duration
		for range 20 {
			secret, token, _, err := here.CreateToken(t.Context(), actor, kb.TokenRequest{Name: "x", Scopes: kb.Scopes()})
			must(t, err)
			if _, err := there.Authenticate(t.Context(), secret); err != nil { // so that it is kept there
				t.Fatal(err)
			}
			_, err = here.RevokeToken(t.Context(), actor, token.ID)
			must(t, err)
			start := time.Now()
			_, err = there.Authenticate(t.Context(), secret)
			worst = max(worst, time.Since(start))
			if kb.CodeOf(err) != kb.Unauthenticated {
				t.Fatalf("a revoked token: %v", err)
			}
		}
		t.Logf("the other process refuses at its first request, which took %s at most", worst)
		if _, err := there.Authenticate(t.Context(), in.Secret); err != nil {
			t.Fatal(err)
		}
		_, err = here.EndSessions(t.Context(), actor, actor.Account)
		must(t, err)
		if _, err := there.Authenticate(t.Context(), in.Secret); kb.CodeOf(err) != kb.Unauthenticated {
			t.Errorf("a session that was ended elsewhere: %v", err)
		}
	})
}

// A link works once, also when it is used in two processes at the same time.
func TestALinkWorksOnceEverywhere(t *testing.T) {
	stores(t, func(t *testing.T, shared bool, open func() kb.Store) {
		here, there := processes(t, shared, open)
		in := firstAdmin(t, here)
		for range 5 {
			link, err := here.IssueTicket(t.Context(), in.Account.ID, kb.TicketReset)
			must(t, err)
			secret := link[len("https://kennis.example/wachtwoord/"):]
			var wg sync.WaitGroup
			errs := make([]error, 4)
			for i := range errs {
				wg.Go(func() {
					_, errs[i] = []*kb.Accounts{here, there}[i%2].UseTicket(t.Context(), kb.TicketUse{Secret: secret, Password: password})
				})
			}
			wg.Wait()
			good := 0
			for _, err := range errs {
				if err == nil {
					good++
				} else if kb.CodeOf(err) != kb.NotFound {
					t.Errorf("%v", err)
				}
			}
			if good != 1 {
				t.Fatalf("it worked %d times: %v", good, errs)
			}
		}
	})
}

// Refusals take as long whether or not there is an account.
func TestRefusalsTakeAsLong(t *testing.T) {
	store := openSQLite(t)
	defer func() { must(t, store.Close()) }()
	people := kb.NewAccounts(kb.AccountsConfig{
		Store: store, Now: time.Now, NewID: newID, Hasher: auth.NewPasswords(auth.PasswordOptions{}), BaseURL: "https://kennis.example", MailOn: true, Even: 40 * time.Millisecond,
	})
	firstAdmin(t, people)
	from := 0
	client := func() kb.Client { from++; return kb.Client{IP: fmt.Sprintf("10.0.0.%d", from)} }
	signIn := medians(t, 15,
		func() { _, _ = people.SignIn(t.Context(), email, "iets anders dan dat", client()) },
		func() {
			_, _ = people.SignIn(t.Context(), "niemand@leerkring.example", "iets anders dan dat", client())
		})
	reset := medians(t, 3,
		func() { must(t, people.RequestReset(t.Context(), email, client())) },
		func() { must(t, people.RequestReset(t.Context(), "niemand@leerkring.example", client())) })
	t.Logf("known / unknown: sign-in %.3f, reset %.3f", signIn, reset)
	for _, ratio := range []float64{signIn, reset} {
		if ratio < 0.5 || ratio > 2 {
			t.Errorf("known / unknown: sign-in %.3f, reset %.3f", signIn, reset)
		}
	}
}
