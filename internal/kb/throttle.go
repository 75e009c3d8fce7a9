package kb

import (
	"math"
	"sync"
	"time"
)

// budgetDevice is that of a device from which the owner of an account has signed in.
//
// Of all attempts to sign in only those that fail count. There is no budget for an
// account alone: whoever knows an address could use it up and so lock its owner out.
// And as the devices of the owner have a budget of their own, neither can who shares
// their network.
func budgetDevice() budget { return budget{10, 2 * time.Minute} }

// budgetAccount is that of one account from one network.
func budgetAccount() budget { return budget{5, 3 * time.Minute} }

// budgetNetwork is that of all accounts from one network.
func budgetNetwork() budget { return budget{60, 10 * time.Second} }

// budgetBegun is that of the sessions of one account: each is written, and costs a hash.
func budgetBegun() budget { return budget{30, 2 * time.Minute} }

// budgetRequests is that of the mails that one network asks for.
func budgetRequests() budget { return budget{20, time.Minute} }

// budgetRequestsAround is that of the mails that the networks around one ask for: who
// has many addresses commonly has them side by side.
func budgetRequestsAround() budget { return budget{30, 2 * time.Minute} }

// budgetAllRequests is that of all mails with a link that are asked for by people who
// are not signed in: 60 an hour, and 60 at once after a quiet hour. It bounds what a
// stranger with any number of networks has this place send and store. It comes back
// twice as fast as that of the networks around one, so that those cannot use it up;
// while many together do, an admin still gives links.
func budgetAllRequests() budget { return budget{60, time.Minute} }

// budgetMails is that of the mails to one account that anyone may ask for.
func budgetMails() budget { return budget{3, 20 * time.Minute} }

// budget is how many attempts there are at once, and how long one takes to come back.
type budget struct {
	burst int
	every time.Duration
}

// throttleMost is how many budgets are remembered, about 10 MB of them. Beyond it
// those that are whole again go, and then any.
const throttleMost = 50_000

// throttle counts attempts. It remembers in memory only: a restart forgets.
//
// Each budget is one moment, at which it is whole again; an attempt puts that off
// (the generic cell rate algorithm of ATM Forum TM 4.0, §4.4.2).
type throttle struct {
	now  func() time.Time
	most int

	mu    sync.Mutex
	whole map[string]time.Time
}

func newThrottle(now func() time.Time, most int) *throttle {
	return &throttle{now: now, most: most, whole: map[string]time.Time{}}
}

// take uses an attempt of each of some budgets, or none when one has none left, and
// then says how long until it has.
func (t *throttle) take(uses []use) (wait time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.now()
	for _, u := range uses {
		full := time.Duration(u.budget.burst-1) * u.budget.every
		wait = max(wait, later(t.whole[u.key], now).Sub(now)-full)
	}
	if wait > 0 {
		return wait
	}
	for _, u := range uses {
		t.makeRoom(now)
		t.whole[u.key] = later(t.whole[u.key], now).Add(u.budget.every)
	}
	return 0
}

// giveBack undoes take, for attempts that turned out well.
func (t *throttle) giveBack(uses []use) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, u := range uses {
		if at, ok := t.whole[u.key]; ok {
			t.whole[u.key] = at.Add(-u.budget.every)
		}
	}
}

// use is one attempt of one budget.
type use struct {
	key    string
	budget budget
}

// makeRoom sees to it that one more can be remembered; mu is held.
func (t *throttle) makeRoom(now time.Time) {
	if len(t.whole) < t.most {
		return
	}
	for key, at := range t.whole {
		if !at.After(now) {
			delete(t.whole, key)
		}
	}
	for key := range t.whole {
		if len(t.whole) < t.most {
			return
		}
		delete(t.whole, key)
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// tooOften says how long to wait.
func tooOften(wait time.Duration) error {
	minutes := int(math.Ceil(wait.Minutes()))
	if minutes <= 1 {
		return Errorf(TooMany, Text{"Dit is te vaak geprobeerd. Wacht een minuut en probeer het dan opnieuw.", "This was tried too often. Wait a minute and then try again."})
	}
	return Errorf(TooMany, Text{"Dit is te vaak geprobeerd. Wacht %d minuten en probeer het dan opnieuw.", "This was tried too often. Wait %d minutes and then try again."}, minutes)
}
