package kb

import (
	"context"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"
)

// Counting counts what is opened and searched for, without any person. What it
// counted is in memory until Flush.
type Counting struct {
	store   Store
	search  Searcher
	now     func() time.Time
	process ID
	zone    *time.Location

	mu   sync.Mutex
	days map[Date]*counted
}

// NewCounting counts for one process, by an id that no other one has.
func NewCounting(store Store, search Searcher, now func() time.Time, process ID) *Counting {
	return &Counting{store: store, search: search, now: now, process: process, zone: DutchTime(), days: map[Date]*counted{}}
}

type uncountedKey struct{}

// Uncounted marks what is done for a program that reads all there is, like the
// crawler of a search engine: it is not counted.
func Uncounted(ctx context.Context) context.Context {
	return context.WithValue(ctx, uncountedKey{}, true)
}

// Limits of what is kept of searches.
const (
	maxCountedText  = 100   // letters and signs of one text
	maxCountedTexts = 2_000 // different texts of a day
	maxCountedViews = 20_000
	maxDigits       = 5 // in a row: a longer number may be that of a person
)

// counted are the counts of one day.
type counted struct {
	stats Statistics
	dirty bool
}

// View counts that a record was opened.
func (c *Counting) View(ctx context.Context, id ID) {
	if !id.Valid() {
		return
	}
	c.count(ctx, func(s *Statistics) {
		if _, known := s.Views[id]; known || len(s.Views) < maxCountedViews {
			s.Views[id]++
		}
	})
}

// Search counts a search that found so many. Its text is kept in the form in which
// names are compared, and only when it can hardly name a person: it is short, is no
// address and holds no long number. Other texts are counted together.
func (c *Counting) Search(ctx context.Context, text string, found int) {
	text = countedText(text)
	c.count(ctx, func(s *Statistics) {
		if _, known := s.Searches[text]; !known && len(s.Searches) >= maxCountedTexts {
			text = ""
		}
		s.Searches[text]++
		if found == 0 {
			s.Empty[text]++
		}
	})
}

func (c *Counting) count(ctx context.Context, add func(*Statistics)) {
	if skip, _ := ctx.Value(uncountedKey{}).(bool); skip {
		return
	}
	at := c.now()
	day := dayOf(at, c.zone)
	c.mu.Lock()
	defer c.mu.Unlock()
	d := c.days[day]
	if d == nil {
		d = &counted{stats: Statistics{
			Head: internalHead(DeriveID("statistics "+string(c.process), string(day)), at), Day: day,
			Views: map[ID]int{}, Searches: map[string]int{}, Empty: map[string]int{},
		}}
		c.days[day] = d
	}
	add(&d.stats)
	d.dirty = true
}

// countedText gives the form of a text that is kept, empty for one that is not.
func countedText(text string) string {
	if strings.Contains(text, "@") || utf8.RuneCountInString(text) > maxCountedText {
		return ""
	}
	folded := Fold(text)
	if utf8.RuneCountInString(folded) > maxCountedText {
		return "" // signs that stand for many letters
	}
	run := 0
	for _, r := range folded {
		switch {
		case unicode.IsDigit(r):
			run++
		case unicode.IsLetter(r):
			run = 0
		}
		if run > maxDigits {
			return ""
		}
	}
	return folded
}

// Flush writes what was counted since the last time. What cannot be written is
// tried again by the next one.
func (c *Counting) Flush(ctx context.Context) error {
	today := dayOf(c.now(), c.zone)
	for _, day := range c.dirtyDays() {
		if err := c.flush(ctx, day); err != nil {
			return err
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for day, d := range c.days {
		if !d.dirty && day != today {
			delete(c.days, day)
		}
	}
	return nil
}

func (c *Counting) dirtyDays() []Date {
	c.mu.Lock()
	defer c.mu.Unlock()
	var days []Date
	for day, d := range c.days {
		if d.dirty {
			days = append(days, day)
		}
	}
	return days
}

// flush writes one day. Nobody else writes its record, so a Conflict means that an
// earlier write was done whose answer was lost: the next flush goes on from it.
func (c *Counting) flush(ctx context.Context, day Date) error {
	c.mu.Lock()
	d := c.days[day]
	d.stats.UpdatedAt = c.now().UTC().Truncate(time.Millisecond)
	r, err := internalRecord(&d.stats)
	d.dirty = err != nil
	c.mu.Unlock()
	if err != nil {
		return err
	}
	results, err := c.store.Put(ctx, []Record{r})
	if err == nil && CodeOf(results[0].Err) != Conflict {
		err = results[0].Err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if err != nil {
		d.dirty = true
		return err
	}
	if results[0].Err != nil {
		d.dirty = true
	}
	d.stats.Version++
	return nil
}
