package kb

import (
	"math"
	"sync"
	"time"
)

// Budgets of attempts. Only what fails counts at a sign-in.
//
// There is none for an account alone: whoever knows an address could use it up and
// so lock its owner out. A device from which the owner has signed in has a budget of
// its own, so that neither the account's nor the network's touches it.
var (
	budgetDevice   = budget{burst: 10, every: 2 * time.Minute}
	budgetAccount  = budget{burst: 5, every: 3 * time.Minute}   // one account from one network
	budgetNetwork  = budget{burst: 60, every: 10 * time.Second} // all accounts from one network
	budgetRequests = budget{burst: 20, every: time.Minute}      // mails that one network asks for
	budgetMails    = budget{burst: 3, every: 20 * time.Minute}  // mails to one account that anyone may ask for
)

// budget is how many attempts there are at once, and how long one takes to come back.
type budget struct {
	burst int
	every time.Duration
}

// throttleMost is how many budgets are remembered, about 10 MB of them. Beyond it those that are
// whole again go, and then any.
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
		wait = max(wait, t.whole[u.key].Sub(now)-full)
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
		return Errorf(Unavailable, Text{"Dit is te vaak geprobeerd. Wacht een minuut en probeer het dan opnieuw.", "This was tried too often. Wait a minute and then try again."})
	}
	return Errorf(Unavailable, Text{"Dit is te vaak geprobeerd. Wacht %d minuten en probeer het dan opnieuw.", "This was tried too often. Wait %d minutes and then try again."}, minutes)
}
