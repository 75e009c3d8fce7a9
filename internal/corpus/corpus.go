// Package corpus makes a large collection for measuring out of real passages,
// with values for every facet, and searches to go with it.
//
// The invariant: the same file and seed give the same records and searches, one
// by one and in any order, so that figures can be compared.
package corpus

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strings"
	"time"

	"leerkring/internal/kb"
)

// passage is a line of the file.
type passage struct {
	Title string `json:"title"`
	Body  string `json:"body"`
	Code  string `json:"gemeente_code"`
}

// Collection is as many records as are asked for, made of the passages of a file.
type Collection struct {
	seed          uint64
	passages      []passage
	themes        []string
	places        []string // codes of municipalities
	organisations []*kb.Organisation
	common        map[string]bool // words that stand in many passages
}

// How many values there are of a facet.
const (
	themes        = 20
	organisations = 300
)

// Read reads at most so many passages from a gzipped file of JSON Lines with title,
// body and gemeente_code.
func Read(name string, most int, seed uint64) (*Collection, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	c := &Collection{seed: seed}
	if err := c.read(z, most); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	for _, t := range kb.BuiltinThemes()[:themes] {
		c.themes = append(c.themes, t.Slug)
	}
	for _, r := range kb.NewGazetteer().Regions(kb.Municipality) {
		c.places = append(c.places, r.Code)
	}
	for i := range organisations {
		c.organisations = append(c.organisations, c.organisation(i))
	}
	c.common = commonWords(c.passages[:min(len(c.passages), 2_000)])
	return c, nil
}

func (c *Collection) read(r io.Reader, most int) error {
	in := bufio.NewReader(r)
	for len(c.passages) < most {
		line, err := in.ReadBytes('\n')
		if err != nil && err != io.EOF {
			return err
		}
		if len(line) > 0 {
			var p passage
			if err := json.Unmarshal(line, &p); err != nil {
				return fmt.Errorf("line %d: %w", len(c.passages)+1, err)
			}
			c.passages = append(c.passages, p)
		}
		if err == io.EOF {
			break
		}
	}
	if len(c.passages) == 0 {
		return errors.New("there are no passages")
	}
	return nil
}

// random is chance for one thing of the collection.
func (c *Collection) random(what string, i int) *rand.Rand {
	id := kb.DeriveID(what, fmt.Sprint(i))
	var n uint64
	for _, b := range []byte(id[:13]) {
		n = n*31 + uint64(b)
	}
	return rand.New(rand.NewPCG(c.seed, n))
}

func head(what string, i int) kb.Head {
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	return kb.Head{
		ID: kb.DeriveID("corpus", fmt.Sprint(what, i)), Slug: fmt.Sprintf("%s-%d", what, i),
		Status: kb.StatusPublished, Visibility: kb.VisibilityPublic, CreatedAt: at, UpdatedAt: at,
	}
}

// Organisations are those that the records name; they must be in the store first.
func (c *Collection) Organisations() []kb.Entity {
	out := make([]kb.Entity, len(c.organisations))
	for i, o := range c.organisations {
		out[i] = o
	}
	return out
}

func (c *Collection) organisation(i int) *kb.Organisation {
	kinds := []string{"Stichting", "Bureau", "Samenwerkingsverband", "Hogeschool", "Coöperatie"}
	return &kb.Organisation{Head: head("organisatie", i), Name: fmt.Sprintf("%s %03d", kinds[i%len(kinds)], i)}
}

// Material makes the record with a number, from 0: the passage with that number,
// and after the last passage the first again with a third of its words changed.
// Themes, organisations and years are spread unevenly, as in life.
func (c *Collection) Material(i int) kb.Material {
	random := c.random("record", i)
	p := c.passages[i%len(c.passages)]
	if i >= len(c.passages) {
		p.Title, p.Body = c.change(p.Title, random), c.change(p.Body, random)
	}
	common := kb.Common{
		Head: head("stuk", i), Title: strings.Join(strings.Fields(p.Title), " "), Summary: opening(p.Body), Body: p.Body,
		Regions: []string{p.Code}, Language: "nl",
		Collaboration: []kb.CollaborationLevel{kb.CollaborationInternal, kb.CollaborationRegional, kb.CollaborationSociety}[random.IntN(3)],
	}
	if p.Code == "" {
		common.Regions[0] = c.places[random.IntN(len(c.places))]
	}
	if random.IntN(30) == 0 {
		common.Language = "en"
	}
	for range 1 + random.IntN(3) {
		common.Themes = append(common.Themes, c.themes[skewed(random, len(c.themes))])
	}
	for range 1 + random.IntN(2) {
		common.Organisations = append(common.Organisations, c.organisations[skewed(random, len(c.organisations))].ID)
	}
	published := time.Date(2026-skewed(random, 17), time.Month(1+random.IntN(12)), 1+random.IntN(28), 0, 0, 0, 0, time.UTC)
	common.PublishedAt = &published
	switch random.IntN(10) {
	case 0:
		return &kb.Lesson{Common: common}
	case 1:
		return &kb.Presentation{Common: common}
	case 2, 3:
		return &kb.Case{Common: common}
	}
	return &kb.Publication{Common: common}
}

// skewed picks a number below n, low ones more often.
func skewed(random *rand.Rand, n int) int {
	x := random.Float64()
	return int(x * x * float64(n))
}

// opening is a summary: the first forty words.
func opening(body string) string {
	var out []string
	for w := range strings.FieldsSeq(body) {
		if out = append(out, w); len(out) == 40 {
			break
		}
	}
	return strings.Join(out, " ")
}
