package kb

import (
	"strconv"
	"testing"
	"time"
)

func TestABudgetComesBack(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	th := newThrottle(func() time.Time { return now }, 100)
	b := []use{{"a", budget{burst: 3, every: time.Minute}}}
	for i := range 3 {
		if wait := th.take(b); wait != 0 {
			t.Fatalf("attempt %d waits %s", i, wait)
		}
	}
	if wait := th.take(b); wait != time.Minute {
		t.Errorf("waits %s", wait)
	}
	now = now.Add(59 * time.Second)
	if wait := th.take(b); wait != time.Second {
		t.Errorf("waits %s", wait)
	}
	now = now.Add(time.Second)
	if wait := th.take(b); wait != 0 {
		t.Errorf("waits %s after a minute", wait)
	}
	th.giveBack(b)
	if wait := th.take(b); wait != 0 {
		t.Errorf("waits %s for what was given back", wait)
	}
}

// What is refused uses nothing up: waiting must not be put off by trying.
func TestARefusedAttemptCostsNothing(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	th := newThrottle(func() time.Time { return now }, 100)
	both := []use{{"narrow", budget{1, time.Hour}}, {"wide", budget{10, time.Hour}}}
	if wait := th.take(both); wait != 0 {
		t.Fatal(wait)
	}
	for range 20 {
		if wait := th.take(both); wait != time.Hour {
			t.Fatalf("waits %s", wait)
		}
	}
	for range 9 {
		if wait := th.take(both[1:]); wait != 0 {
			t.Fatalf("the wide budget was used up: %s", wait)
		}
	}
}

func TestTheThrottleIsBounded(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	th := newThrottle(func() time.Time { return now }, 100)
	for i := range 10_000 {
		th.take([]use{{strconv.Itoa(i), budget{2, time.Minute}}})
		if len(th.whole) > 100 {
			t.Fatalf("%d budgets are remembered", len(th.whole))
		}
	}
	now = now.Add(time.Hour)
	th.take([]use{{"x", budget{2, time.Minute}}})
	if len(th.whole) != 1 {
		t.Errorf("%d budgets are remembered that are whole again", len(th.whole))
	}
}

func TestNetworks(t *testing.T) {
	for ip, want := range map[string][2]string{
		"192.0.2.7":              {"192.0.2.7/32", "192.0.2.0/24"},
		"::ffff:192.0.2.7":       {"192.0.2.7/32", "192.0.2.0/24"},
		"2001:db8:1:2:3:4:5:6":   {"2001:db8:1:2::/64", "2001:db8:1::/48"},
		"2001:db8:1:2::ff%eth0":  {"2001:db8:1:2::/64", "2001:db8:1::/48"},
		"":                       {"unknown", "unknown"},
		"192.0.2.7, 198.51.100.": {"unknown", "unknown"},
	} {
		c := Client{IP: ip}
		if got := [2]string{c.network(), c.around()}; got != want {
			t.Errorf("%q: %s, want %s", ip, got, want)
		}
	}
}

func TestPasswordsThatAreGuessed(t *testing.T) {
	x := &Account{Name: "Marieke de Groot", Email: "m.degroot@gemeente-veldwijk.example"}
	for password, good := range map[string]bool{
		"vier losse woorden samen": true,
		"9$k-2!Lq8@z_W":            true,
		"ëéèüöäïñçåøæ":             true,
		"kort":                     false,
		"elf tekens!":              false,
		"123456789012":             false,
		"aaaaaaaaaaaaaaaa":         false,
		"Wachtwoord2026!":          false,
		"WelkomWelkom01":           false,
		"marieke-degroot1":         false,
		"gemeenteveldwijk9":        false,
		"abcabcabcabc":             false,
		"qwertyuiop123":            false,
		"\xff\xfe vier losse":      false,
	} {
		if problems := checkPassword(password, x); (len(problems) == 0) != good {
			t.Errorf("%q: %v", password, problems)
		}
	}
	long := make([]rune, MaxPassword+1)
	for i := range long {
		long[i] = rune('a' + i%26)
	}
	if len(checkPassword(string(long), x)) == 0 || len(checkPassword(string(long[1:]), x)) != 0 {
		t.Error("200 characters are allowed and 201 are not")
	}
}
