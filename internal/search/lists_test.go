package search

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

func person1(name string) kb.Actor {
	return kb.Actor{Account: kb.DeriveID("account", name), Role: kb.RoleMember}
}

// listed makes the document of a record that is only listed, as the describer does.
func listed(tb testing.TB, e kb.Entity, name string, at time.Time, states ...string) kb.Document {
	tb.Helper()
	h := e.Base()
	h.ID, h.Status, h.Visibility, h.CreatedAt = kb.DeriveID("test", name), kb.StatusPublished, kb.VisibilityMembers, at
	h.Slug = string(h.ID)
	d := kb.Document{Record: h.ID, Kind: e.Kind(), Version: 3, Access: kb.Access(e), Title: e.Label(), Date: at, States: append([]string{string(kb.StatusPublished)}, states...)}
	var err error
	if d.Card, err = kb.Encode(e); err != nil {
		tb.Fatal(err)
	}
	return d
}

// namesOfHits gives the names of hits among those given.
func namesOfHits(res *kb.SearchResult, names ...string) []string {
	var out []string
	for _, h := range res.Hits {
		i := slices.IndexFunc(names, func(n string) bool { return kb.DeriveID("test", n) == h.Entity.Base().ID })
		out = append(out, names[i])
	}
	return out
}

// What happened to an account is listed for it and for nobody else, the newest
// first to the millisecond, page by page.
func TestListsOfNotifications(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	jan, piet := person1("jan"), person1("piet")
	var names []string
	var docs []kb.Document
	for i := range 25 {
		name, of, states := fmt.Sprint("n", i), jan, []string{kb.StateUnread}
		if i%5 == 0 {
			of = piet
		}
		if i%2 == 0 {
			states = nil
		}
		at := time.Date(2026, 1, 1, 0, 0, 0, i*int(time.Millisecond), time.UTC)
		docs = append(docs, listed(t, &kb.Notification{Account: of.Account, Title: "huis"}, name, at, states...))
		names = append(names, name)
	}
	put(t, x, 1, append(docs, publicCase("huis", nil))...)
	for _, c := range []struct {
		name   string
		actor  kb.Actor
		states []string
		want   func(i int) bool
	}{
		{"of one", jan, nil, func(i int) bool { return i%5 != 0 }},
		{"unread of one", jan, []string{kb.StateUnread}, func(i int) bool { return i%5 != 0 && i%2 == 1 }},
		{"unread of another", piet, []string{kb.StateUnread}, func(i int) bool { return i%5 == 0 && i%2 == 1 }},
		{"of a visitor", kb.Visitor(), nil, func(int) bool { return false }},
		{"of an editor", editor(), []string{kb.StateUnread}, func(int) bool { return false }},
		{"in a state that none has", jan, []string{kb.StateUnread, kb.StateOpen}, func(int) bool { return false }},
	} {
		var want, got []string
		for i := len(names) - 1; i >= 0; i-- {
			if c.want(i) {
				want = append(want, names[i])
			}
		}
		req := kb.SearchRequest{Kinds: []kb.Kind{kb.KindNotification}, Filter: kb.Filter{States: c.states}, Sort: kb.SortNewest, First: 3}
		for {
			res := answer(t, x, c.actor, req)
			if res.Total != len(want) {
				t.Errorf("%s: total %d, want %d", c.name, res.Total, len(want))
			}
			got = append(got, namesOfHits(res, names...)...)
			if !res.HasNextPage {
				break
			}
			req.After = res.Hits[len(res.Hits)-1].Cursor
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, d)
		}
	}
}

// What is due is what is due before the moment that is asked for, to the millisecond.
func TestWhatIsDue(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	noon := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	due := func(name string, at time.Time) kb.Document {
		d := listed(t, &kb.Mail{}, name, noon, string(kb.MailWaiting))
		d.Due = at
		return d
	}
	names := []string{"early", "noon", "late", "never"}
	put(t, x, 1, due("early", noon.Add(-time.Millisecond)), due("noon", noon), due("late", noon.Add(time.Hour)))
	put(t, x, 2, due("never", time.Time{})) // in a segment without any that are due
	for _, c := range []struct {
		before time.Time
		want   []string
	}{
		{noon.Add(-time.Millisecond), nil},
		{noon, []string{"early"}},
		{noon.Add(time.Millisecond), []string{"early", "noon"}},
		{noon.Add(24 * time.Hour), []string{"early", "late", "noon"}},
		{time.Time{}, []string{"early", "late", "never", "noon"}},
	} {
		req := kb.SearchRequest{Kinds: []kb.Kind{kb.KindMail}, Filter: kb.Filter{States: []string{string(kb.MailWaiting)}, DueBefore: c.before}, First: 10}
		res := answer(t, x, kb.System(), req)
		got := namesOfHits(res, names...)
		slices.Sort(got)
		if d := cmp.Diff(c.want, got); d != "" || res.Total != len(c.want) {
			t.Errorf("before %s: total %d (-want +got):\n%s", c.before, res.Total, d)
		}
	}
}

// A record and its working copy are each found as what they are.
func TestRecordAndCopyAreBothHits(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	jan := person1("jan")
	mine := func(states ...string) func(*kb.Document) {
		return func(d *kb.Document) {
			d.States, d.Version = append(states, kb.StateOwner(jan.Account)), 7
			d.Access = append(d.Access, kb.AccessAccount(jan.Account))
		}
	}
	live := publicCase("huis", mine(string(kb.StatusPublished)))
	copied := publicCase("huis", func(d *kb.Document) {
		d.Copy, d.Access, d.Title = true, nil, "huis en tuin"
		mine(string(kb.StatusInReview), kb.StateCopy)(d)
	})
	put(t, x, 1, live, copied, publicCase("huis van een ander", nil))
	for _, c := range []struct {
		name   string
		actor  kb.Actor
		states []string
		want   []string
	}{
		{"what is read", jan, nil, []string{"huis", "huis van een ander"}},
		{"what is mine", jan, []string{kb.StateOwner(jan.Account)}, []string{"huis", "huis en tuin"}},
		{"in review", jan, []string{string(kb.StatusInReview)}, []string{"huis en tuin"}},
		{"in review, of a visitor", kb.Visitor(), []string{string(kb.StatusInReview)}, []string{}},
		{"copies", jan, []string{kb.StateCopy}, []string{"huis en tuin"}},
	} {
		for _, req := range []kb.SearchRequest{{Text: "huis"}, {Sort: kb.SortTitle}, {Text: "titel:huis", Sort: kb.SortTitle}} {
			req.Filter.States, req.First = c.states, 1
			var got []string
			for {
				res := answer(t, x, c.actor, req)
				if res.Total != len(c.want) {
					t.Errorf("%s, %q: total %d", c.name, req.Text, res.Total)
				}
				got = append(got, titles(res)...)
				if !res.HasNextPage {
					break
				}
				if v := res.Hits[0].Entity.Base().Version; c.states != nil && v != 7 {
					t.Errorf("%s: version %d", c.name, v)
				}
				req.After = res.Hits[0].Cursor
			}
			slices.Sort(got)
			if d := cmp.Diff(c.want, append([]string{}, got...)); d != "" {
				t.Errorf("%s, %q (-want +got):\n%s", c.name, req.Text, d)
			}
		}
	}
}

// The words of what is only listed are in no dictionary: not even who may read
// everything finds, corrects or completes by them.
func TestWordsOfListsAreNowhere(t *testing.T) {
	x := openIndex(t, t.TempDir(), Options{})
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	put(t, x, 1,
		listed(t, &kb.Account{Name: "Kwartiermaker", Email: "kwartiermaker@example.org"}, "account", at),
		listed(t, &kb.Token{Name: "Kwartiermaker"}, "token", at),
		publicCase("huis", nil),
	)
	v := x.views.acquire()
	defer x.views.release(v)
	for s := range v.segments {
		for _, col := range []column{colWord, colName} {
			if list := v.segments[s].cols.values[col].values; slices.Contains(list, "kwartiermaker") {
				t.Errorf("column %d has %q", col, list)
			}
		}
		if list, err := v.segments[s].postings(x.words.Term("kwartiermaker")); err != nil || len(list) > 0 {
			t.Errorf("postings %v, %v", list, err)
		}
	}
	for _, kinds := range [][]kb.Kind{nil, {kb.KindAccount, kb.KindToken}} {
		for _, word := range []string{"kwartiermaker", "kwartiermakr"} {
			if res := answer(t, x, kb.System(), kb.SearchRequest{Text: word, Kinds: kinds, First: 10}); res.Total != 0 || res.SearchedFor != "" {
				t.Errorf("%q finds %d, searched for %q", word, res.Total, res.SearchedFor)
			}
		}
	}
	all := kb.SearchRequest{Kinds: []kb.Kind{kb.KindAccount, kb.KindToken}, Sort: kb.SortTitle, First: 10}
	if d := cmp.Diff([]string{"Kwartiermaker", "Kwartiermaker"}, titles(answer(t, x, kb.System(), all))); d != "" {
		t.Errorf("listed (-want +got):\n%s", d)
	}
}
