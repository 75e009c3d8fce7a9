package web

import (
	"strings"
	"time"
	"unicode/utf16"

	"leerkring/internal/web/operations"
)

// link is a name that leads to a page.
type link struct {
	Text string
	URL  string
	Note string // what is said behind the link
	// NoteLang is the language of the note, empty for that of the page.
	NoteLang string
}

// card is one piece of material, meeting or learning circle in a list.
type card struct {
	Kind     string // in words
	Colour   string // the class that sets the colour of the kind
	URL      string
	Lang     string
	Title    []run
	Text     []run
	Date     string
	DateISO  string
	Themes   []link
	Places   []link
	More     string // how many places are left out, in words
	Opening  bool   // the text begins in the middle
	Trailing bool   // the text goes on
	// Why says what a material has in common with the one it stands under.
	Why string
	// Passage is the page of one of its files that the words are on; nil for none.
	Passage *passage
	// Explanation is how the score was made, as lines of a tree.
	Explanation []explained
}

// passage is a piece of a page of a file.
type passage struct {
	Label, File, URL string
	Text             []run
}

// moment gives the day of a moment in Dutch time, in words and for machines; both
// are empty for the zero time.
func (v *visit) moment(t time.Time) (words, iso string) {
	if t.IsZero() {
		return "", ""
	}
	t = t.In(v.site.zone)
	return v.lang.day(t), t.Format(time.DateOnly)
}

const (
	maxSummary = 320 // characters of a summary that a card shows
	maxPlaces  = 6   // regions that a card shows
)

// cardOf makes the card of a piece of material; highlights may be nil.
func (v *visit) cardOf(m operations.Card, highlights []operations.Highlight) card {
	c := card{
		Kind: v.text(kindText(m.GetType())), Colour: typeWords()[string(m.GetType())],
		URL: pathOf(m.GetUrl()), Lang: m.GetLanguage(),
		Title: []run{{Text: m.GetTitle()}}, Text: readable([]run{{Text: m.GetSummary()}}),
		Themes: themeLinks(m.GetThemes()), Places: regionLinks(m.GetRegions()),
	}
	if left := len(c.Places) - maxPlaces; left > 0 {
		c.Places, c.More = c.Places[:maxPlaces], v.text("card.more", left)
	}
	c.Date, c.DateISO = v.moment(m.GetPublishedAt())
	c.Text, c.Trailing = cut(c.Text, maxSummary)
	for _, h := range highlights {
		c.highlight(h, m.GetSummary())
	}
	return c
}

// highlight shows where the words of the query stand: in the title, in the
// summary, or else in the body.
func (c *card) highlight(h operations.Highlight, summary string) {
	switch h.Field {
	case "title":
		c.Title = mark(h.Text, h.Ranges)
	case "summary":
		c.Text = readable(mark(h.Text, h.Ranges))
		c.Opening, c.Trailing = h.Text != summary, h.Text != summary
	case "body":
		if !marked(c.Text) {
			c.Text = readable(mark(h.Text, h.Ranges))
			c.Opening, c.Trailing = true, !strings.HasSuffix(strings.TrimSpace(h.Text), ".")
		}
	}
}

// run is a piece of text, marked or not.
type run struct {
	Text string
	Mark bool
}

func marked(runs []run) bool {
	for _, r := range runs {
		if r.Mark {
			return true
		}
	}
	return false
}

// mark takes a text apart at ranges of UTF-16 code units. Ranges that do not lie
// in the text, or not in order, are left out.
func mark(text string, ranges []operations.Range) []run {
	units := utf16.Encode([]rune(text))
	var out []run
	at := 0
	for _, r := range ranges {
		if r.Start < at || r.End <= r.Start || r.End > len(units) {
			continue
		}
		if r.Start > at {
			out = append(out, run{Text: string(utf16.Decode(units[at:r.Start]))})
		}
		out = append(out, run{Text: string(utf16.Decode(units[r.Start:r.End])), Mark: true})
		at = r.End
	}
	if at < len(units) || len(out) == 0 {
		out = append(out, run{Text: string(utf16.Decode(units[at:]))})
	}
	return out
}

// cut keeps the first runes of a text, up to a space where there is one.
func cut(runs []run, most int) (kept []run, trailing bool) {
	for _, r := range runs {
		text := []rune(r.Text)
		if len(text) <= most {
			most -= len(text)
			kept = append(kept, r)
			continue
		}
		end := most
		for end > 0 && text[end] != ' ' {
			end--
		}
		if end == 0 {
			end = most
		}
		return append(kept, run{string(text[:end]), r.Mark}), true
	}
	return kept, false
}

func themeLinks(themes []operations.ThemeLink) []link {
	out := make([]link, len(themes))
	for i, t := range themes {
		out[i] = link{Text: t.Label, URL: pathOf(t.Url)}
	}
	return out
}

func regionLinks(regions []operations.RegionLink) []link {
	out := make([]link, len(regions))
	for i, r := range regions {
		out[i] = link{Text: r.Name, URL: pathOf(r.Url)}
	}
	return out
}

func organisationLinks(organisations []operations.OrganisationLink) []link {
	out := make([]link, len(organisations))
	for i, o := range organisations {
		out[i] = link{Text: o.Name, URL: pathOf(o.Url)}
	}
	return out
}

func personLinks(people []operations.PersonLink) []link {
	out := make([]link, len(people))
	for i, p := range people {
		out[i] = link{Text: p.Name, URL: pathOf(p.Url)}
	}
	return out
}

// kindText is the message that names a kind of material.
func kindText(t operations.MaterialType) message { return message("kind." + typeWords()[string(t)]) }
