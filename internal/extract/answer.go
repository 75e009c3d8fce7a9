//go:build unix

package extract

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"leerkring/internal/extract/format"
	"leerkring/internal/kb"
)

// answer gathers a reading out of frames.
type answer struct {
	limits format.Limits
	left   int // bytes of text that there may still be
	head   *kb.Reading
	pages  []kb.ReadPage
	text   strings.Builder
	notes  strings.Builder
}

// frame takes one frame.
func (a *answer) frame(kind byte, payload []byte) (last bool, err error) {
	switch {
	case kind == frameHead && a.head == nil:
		a.head = &kb.Reading{}
		return false, json.Unmarshal(payload, a.head)
	case a.head == nil:
		return false, errFrame
	case kind == frameDone:
		a.flush()
		return true, nil
	case kind == framePage && len(a.pages) < a.limits.Pages:
		a.flush()
		var p kb.ReadPage
		err := json.Unmarshal(payload, &p)
		a.pages = append(a.pages, kb.ReadPage{Number: len(a.pages) + 1, Title: plain(p.Title, maxShort), Hidden: p.Hidden, Picture: p.Picture})
		return false, err
	case kind == frameText && len(a.pages) > 0:
		return false, a.more(&a.text, payload)
	case kind == frameNotes && len(a.pages) > 0:
		return false, a.more(&a.notes, payload)
	}
	return false, fmt.Errorf("%w: %q after %d pages", errFrame, kind, len(a.pages))
}

// more adds to a text. What is over the limit is left out, since a reader may count a
// little differently.
func (a *answer) more(b *strings.Builder, payload []byte) error {
	n := min(len(payload), a.left)
	if a.left -= n; n < len(payload) {
		a.head.Cut = true
	}
	b.Write(payload[:n])
	return nil
}

func (a *answer) flush() {
	if len(a.pages) > 0 {
		p := &a.pages[len(a.pages)-1]
		p.Text, p.Notes = plain(a.text.String(), a.text.Len()), plain(a.notes.String(), a.notes.Len())
	}
	a.text.Reset()
	a.notes.Reset()
}

// reading gives what was gathered, within its bounds.
func (a *answer) reading() (*kb.Reading, error) {
	r := a.head
	r.Pages = a.pages
	bound(r, a.limits)
	if !slices.Contains(kb.ExtractionStates(), r.State) || !r.State.Settled() {
		return nil, &kb.Unread{Reason: kb.ExtractionFailed, Detail: "a state that is none"}
	}
	return r, nil
}

// items are what a job gives page by page.
type items struct {
	limit    time.Duration // for each
	most     int           // bytes of each
	failures int           // after so many pages that end a child the others are not tried
}

// each has a child make something of each page. A page that ends its child gives
// nothing, and the next child goes on after it; after some of those the rest is given up.
func (x *Extractor) each(ctx context.Context, f kb.Source, ask func([]int) job, pages []int, of items, put func(int, []byte) error) error {
	for failures := 0; len(pages) > 0; failures++ {
		if failures == of.failures {
			return nothing(pages, put)
		}
		g := &gathering{pages: pages, most: of.most, put: put}
		err := x.run(ctx, f, ask(g.pages), of.limit, g.frame)
		pages = g.pages
		if g.refused != nil {
			return g.refused
		}
		if _, ok := errors.AsType[*kb.Unread](err); err != nil && !ok {
			return err
		}
		if err == nil {
			return nothing(pages, put) // what the child could not do
		}
		if err := nothing(pages[:min(1, len(pages))], put); err != nil {
			return err
		}
		pages = pages[min(1, len(pages)):]
	}
	return nil
}

func nothing(pages []int, put func(int, []byte) error) error {
	for _, page := range pages {
		if err := put(page, nil); err != nil {
			return err
		}
	}
	return nil
}

// gathering takes items in the order in which they were asked for.
type gathering struct {
	pages   []int // still to come
	most    int
	body    []byte
	put     func(int, []byte) error
	refused error // by put, which is no fault of the child
}

func (g *gathering) frame(kind byte, payload []byte) (last bool, err error) {
	switch kind {
	case frameDone, frameProblem:
		return true, nil
	case frameItem:
		var page int
		if err := json.Unmarshal(payload, &page); err != nil || len(g.pages) == 0 || page != g.pages[0] {
			return false, fmt.Errorf("%w: item %d", errFrame, page)
		}
		g.body = nil
		return false, nil
	case frameBytes:
		if len(g.body)+len(payload) > g.most {
			return false, fmt.Errorf("%w: an item of over %d bytes", errFrame, g.most)
		}
		g.body = append(g.body, payload...)
		return false, nil
	case frameItemEnd:
		if len(g.pages) == 0 {
			return false, errFrame
		}
		g.refused = g.put(g.pages[0], g.body)
		g.pages = g.pages[1:]
		return false, g.refused
	}
	return false, fmt.Errorf("%w: %q", errFrame, kind)
}
