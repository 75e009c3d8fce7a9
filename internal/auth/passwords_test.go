package auth_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"leerkring/internal/auth"
	"leerkring/internal/kb"
)

func quick() *auth.Passwords { return auth.NewPasswords(auth.PasswordOptions{Memory: 8}) }

func TestPasswordsAreVerified(t *testing.T) {
	p := auth.NewPasswords(auth.PasswordOptions{})
	stored, err := p.Hash(t.Context(), "vier losse woorden")
	if err != nil || !strings.HasPrefix(stored, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatalf("%q %v", stored, err)
	}
	again, err := p.Hash(t.Context(), "vier losse woorden")
	if err != nil || again == stored {
		t.Errorf("two hashes of one password are the same: %v", err)
	}
	for _, c := range []struct {
		stored, password string
		right            bool
	}{
		{stored, "vier losse woorden", true},
		{again, "vier losse woorden", true},
		{stored, "vier losse woorden ", false},
		{stored, "", false},
		{"", "", false},
		{"", "vier losse woorden", false},
	} {
		if right, err := p.Verify(t.Context(), c.stored, c.password); right != c.right || err != nil {
			t.Errorf("%q with %.20q: %t %v", c.password, c.stored, right, err)
		}
	}
	// Hashes made with other numbers stay good.
	if right, err := quick().Verify(t.Context(), stored, "vier losse woorden"); !right || err != nil {
		t.Errorf("%t %v", right, err)
	}
}

func TestADamagedHashIsNoPassword(t *testing.T) {
	good, err := quick().Hash(t.Context(), "x")
	if err != nil {
		t.Fatal(err)
	}
	for _, stored := range []string{
		"x", "$", good[1:], good + "=", good[:len(good)-20], strings.Replace(good, "argon2id", "argon2i", 1), strings.Replace(good, "v=19", "v=16", 1),
		strings.Replace(good, "m=8", "m=08", 1), strings.Replace(good, "m=8", "m=4000000000", 1), strings.Replace(good, "t=2", "t=4000000000", 1),
		strings.Replace(good, "p=1", "p=0", 1), strings.Replace(good, "m=8", "m=0", 1), strings.Replace(good, "t=2", "t=0", 1),
	} {
		if right, err := quick().Verify(t.Context(), stored, "x"); right || kb.CodeOf(err) != kb.Damaged {
			t.Errorf("%q: %t %v", stored, right, err)
		}
	}
}

// More than can be hashed and wait are asked to come back, and who waits can give up.
func TestHashingIsBounded(t *testing.T) {
	p := auth.NewPasswords(auth.PasswordOptions{Memory: 64 << 10, Slots: 1, Queue: 1})
	const many = 12
	results := make(chan error, many)
	for range many {
		go func() {
			_, err := p.Hash(context.Background(), "x")
			results <- err
		}()
	}
	done, refused := 0, 0
	for range many {
		switch err := <-results; kb.CodeOf(err) {
		case "":
			done++
		case kb.Unavailable:
			refused++
		default:
			t.Errorf("%v", err)
		}
	}
	if done == 0 || refused == 0 {
		t.Errorf("%d were done, %d refused", done, refused)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	release := make(chan struct{})
	go func() { _, _ = p.Hash(context.Background(), "x"); close(release) }()
	if _, err := p.Verify(cancelled, "", "x"); err != nil && !errors.Is(err, context.Canceled) && kb.CodeOf(err) != kb.Unavailable {
		t.Errorf("%v", err)
	}
	<-release
}

// Whether there is an account cannot be told from how long the answer takes.
func TestHashingTakesAsLongForNobody(t *testing.T) {
	p := auth.NewPasswords(auth.PasswordOptions{})
	stored, err := p.Hash(t.Context(), "vier losse woorden")
	if err != nil {
		t.Fatal(err)
	}
	ratio := medians(t, 15,
		func() { _, _ = p.Verify(t.Context(), stored, "iets anders") },
		func() { _, _ = p.Verify(t.Context(), "", "iets anders") })
	t.Logf("known / unknown: %.3f", ratio)
	if ratio < 0.5 || ratio > 2 {
		t.Errorf("known / unknown: %.3f", ratio)
	}
}

// medians gives the ratio of the median times of two pieces of work, done in turns.
func medians(t *testing.T, rounds int, a, b func()) float64 {
	t.Helper()
	var times [2][]time.Duration
	for range rounds {
		for i, work := range []func(){a, b} {
			start := time.Now()
			work()
			times[i] = append(times[i], time.Since(start))
		}
	}
	return float64(median(times[0])) / float64(median(times[1]))
}
