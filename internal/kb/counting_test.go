package kb_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

type countWorld struct {
	*deskWorld
	*kb.Counting
}

func newCountWorld(t *testing.T) *countWorld {
	w := &countWorld{deskWorld: newDeskWorld(t)}
	w.Counting = w.process(w.store, "one")
	return w
}

func (w *countWorld) process(store kb.Store, name string) *kb.Counting {
	return kb.NewCounting(store, w.index, func() time.Time { return w.now }, kb.DeriveID("process", name))
}

func (w *countWorld) report(from, to kb.Date) *kb.StatisticsReport {
	w.t.Helper()
	w.follow()
	r, err := w.Statistics(context.Background(), w.editor, from, to)
	check(w.t, err)
	return r
}

func searches(list []kb.SearchCount) []string {
	var out []string
	for _, s := range list {
		out = append(out, fmt.Sprintf("%s %d/%d", s.Text, s.Count, s.Empty))
	}
	return out
}

func TestCounting(t *testing.T) {
	ctx := context.Background()
	w := newCountWorld(t)
	first, second := w.published("Eerste"), w.published("Tweede")
	for range 3 {
		w.View(ctx, first.ID)
		w.Search(ctx, "Wónen", 4)
		w.Search(ctx, "niets", 0)
	}
	w.View(ctx, second.ID)
	w.View(ctx, "onzin")
	w.Search(ctx, "zeldzaam", 0)
	w.View(kb.Uncounted(ctx), second.ID)
	w.Search(kb.Uncounted(ctx), "niets", 0)
	check(t, w.Flush(ctx))
	check(t, w.Flush(ctx)) // nothing new, nothing written

	// Another process on the next day.
	other := w.process(w.store, "two")
	w.now = time.Date(2026, 3, 2, 23, 30, 0, 0, time.UTC) // the 3rd in the Netherlands
	other.View(ctx, second.ID)
	other.Search(ctx, "wonen", 2)
	check(t, other.Flush(ctx))
	w.View(ctx, second.ID)
	check(t, w.Flush(ctx))

	r := w.report("2026-03-02", "2026-03-03")
	days := []kb.DayCounts{
		{Day: "2026-03-02", Views: 4, Searches: 7, Empty: 4},
		{Day: "2026-03-03", Views: 2, Searches: 1},
	}
	if diff := cmp.Diff(days, r.Days); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"wonen 4/0", "niets 3/3"}, searches(r.Searches)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"niets 3/3"}, searches(r.Empty)); diff != "" {
		t.Error(diff)
	}
	var views []string
	for _, v := range r.Views {
		views = append(views, fmt.Sprintf("%s %d", v.Entity.Label(), v.Count))
	}
	if diff := cmp.Diff([]string{"Eerste 3", "Tweede 3"}, sortedCopy(views)); diff != "" {
		t.Error(diff)
	}
	if got := w.report("2026-03-03", "2026-03-03"); len(got.Days) != 1 || got.Days[0].Views != 2 {
		t.Errorf("one day: %+v", got.Days)
	}
	if got := w.report("2026-02-01", "2026-03-01"); len(got.Days)+len(got.Views)+len(got.Searches) != 0 {
		t.Errorf("before: %+v", got)
	}
}

func sortedCopy(list []string) []string {
	if len(list) == 2 && list[1] < list[0] {
		return []string{list[1], list[0]}
	}
	return list
}

// What may lead to a person is counted, and its text is not kept.
func TestTextsThatAreNotKept(t *testing.T) {
	ctx := context.Background()
	w := newCountWorld(t)
	for _, text := range []string{
		"eva@example.nl", "bel 0612345678", "06-12 34 56 78", "bsn 123456789",
		"een heel lange vraag die iemand uit een mail heeft gekopieerd en die van alles over een mens kan vertellen wat hier niet hoort",
	} {
		for range 5 {
			w.Search(ctx, text, 1)
		}
	}
	for range 3 {
		w.Search(ctx, "  Wet 2024 ", 1)
		w.Search(ctx, "", 9)
	}
	check(t, w.Flush(ctx))
	r := w.report("2026-03-02", "2026-03-02")
	if diff := cmp.Diff([]string{"wet 2024 3/0"}, searches(r.Searches)); diff != "" {
		t.Error(diff)
	}
	if r.Days[0].Searches != 31 {
		t.Errorf("%d counted", r.Days[0].Searches)
	}
	check(t, kb.Walk(ctx, w.store.Changes, func(records []kb.Record) error {
		for _, rec := range records {
			if rec.Kind != kb.KindStatistics {
				continue
			}
			live, _, err := kb.DecodeRecord(rec)
			if err != nil {
				return err
			}
			s := live.(*kb.Statistics)
			if diff := cmp.Diff(map[string]int{"": 28, "wet 2024": 3}, s.Searches); diff != "" || s.CreatedBy != "" {
				t.Error(diff, s.CreatedBy)
			}
		}
		return nil
	}))
}

// A flood of different texts takes bounded memory, and is counted.
func TestManyTexts(t *testing.T) {
	ctx := context.Background()
	w := newCountWorld(t)
	for i := range 5_000 {
		w.Search(ctx, fmt.Sprintf("vraag %c%c%c", 'a'+i%26, 'a'+i/26%26, 'a'+i/676%26), 1)
		w.View(ctx, kb.DeriveID("view", fmt.Sprint(i)))
	}
	check(t, w.Flush(ctx))
	r := w.report("2026-03-02", "2026-03-02")
	if r.Days[0].Searches != 5_000 || r.Days[0].Views != 5_000 || len(r.Views) != kb.MaxReported {
		t.Errorf("%+v, %d views listed", r.Days, len(r.Views))
	}
}

// A write that fails, or whose answer is lost, loses no count and counts nothing twice.
func TestFlushAfterFailure(t *testing.T) {
	ctx := context.Background()
	for _, done := range []bool{false, true} {
		w := newCountWorld(t)
		store := &sometimes{Store: w.store, done: done, fail: true}
		c := w.process(store, "three")
		c.Search(ctx, "wonen", 1)
		if err := c.Flush(ctx); err == nil {
			t.Error("the failure is not told")
		}
		c.Search(ctx, "wonen", 1)
		store.fail = false
		check(t, c.Flush(ctx))
		check(t, c.Flush(ctx))
		c.Search(ctx, "wonen", 1)
		check(t, c.Flush(ctx))
		if got := w.report("2026-03-02", "2026-03-02").Days; len(got) != 1 || got[0].Searches != 3 {
			t.Errorf("written %v: %+v", done, got)
		}
	}
}

// sometimes is a store whose writes fail while fail is set, done or not.
type sometimes struct {
	kb.Store
	done, fail bool
}

func (s *sometimes) Put(ctx context.Context, records []kb.Record) ([]kb.Result, error) {
	if !s.fail || s.done {
		results, err := s.Store.Put(ctx, records)
		if err != nil || !s.fail {
			return results, err
		}
	}
	return nil, errors.New("the answer was lost")
}

func TestWhoReadsStatistics(t *testing.T) {
	w := newCountWorld(t)
	w.follow()
	for _, test := range []struct {
		actor    kb.Actor
		from, to kb.Date
		want     kb.Code
	}{
		{w.editor, "2026-01-01", "2026-12-31", ""},
		{w.admin, "2026-01-01", "2026-01-01", ""},
		{w.expert, "2026-01-01", "2026-12-31", kb.Forbidden},
		{kb.Visitor(), "2026-01-01", "2026-12-31", kb.Unauthenticated},
		{w.editor, "2026-01-02", "2026-01-01", kb.Invalid},
		{w.editor, "2026", "2027", kb.Invalid},
		{w.editor, "2024-01-01", "2026-01-01", kb.Invalid},
		{w.editor, "", "", kb.Invalid},
		{w.editor, "gisteren", "vandaag", kb.Invalid},
	} {
		if _, err := w.Statistics(context.Background(), test.actor, test.from, test.to); kb.CodeOf(err) != test.want {
			t.Errorf("%s from %s to %s: %v", test.actor.Role, test.from, test.to, err)
		}
	}
}

// What an editor may not read, or is gone, is counted without its name.
func TestViewsOfWhatIsGone(t *testing.T) {
	w := newCountWorld(t)
	at := w.published("Weg")
	w.View(context.Background(), at.ID)
	w.View(context.Background(), w.admin.Account) // an account, which editors do not read
	check(t, w.Flush(context.Background()))
	_, err := w.Delete(context.Background(), w.admin, w.done(w.Withdraw(context.Background(), w.editor, at, "Dubbel.", "")))
	check(t, err)
	for _, v := range w.report("2026-03-02", "2026-03-02").Views {
		if v.Entity != nil || v.Count != 1 {
			t.Errorf("%+v", v)
		}
	}
}
