package extract

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"leerkring/internal/extract/format"
	"leerkring/internal/extract/safety"
	"leerkring/internal/kb"
)

const (
	maxFindings = 5000
	maxOutline  = 5000
	maxList     = 50   // authors, keywords
	maxShort    = 2000 // bytes of a title, a name, a subject
	maxPassage  = 1000 // bytes
)

// finish completes what a reader gave: state, language, and all findings.
func finish(r *kb.Reading) {
	r.State = state(r)
	r.Language = language(r)
	r.Findings = append(r.Findings, said(r)...)
	seen := map[string]int{}
	for i := range r.Findings {
		f := &r.Findings[i]
		f.Severity = severity(f.Type)
		name := fmt.Sprintf("%s|%d|%s", f.Type, f.Page, f.Passage)
		sum := sha256.Sum256(fmt.Appendf(nil, "%s|%d", name, seen[name]))
		seen[name]++
		f.Key = hex.EncodeToString(sum[:8])
	}
	r.Findings = append(r.Findings, safety.Check(r)...)
}

// said are findings that follow from what a reading has.
func said(r *kb.Reading) []kb.Finding {
	var out []kb.Finding
	if len(r.Authors) > 0 {
		out = append(out, kb.Finding{Type: kb.FindingPropertyName, Passage: strings.Join(r.Authors, "; ")})
	}
	for _, p := range r.Pages {
		if p.Picture {
			out = append(out, kb.Finding{Type: kb.FindingUnchecked, Page: p.Number})
		}
	}
	return out
}

// severity is that of findings in the structure of a file.
func severity(t kb.FindingType) kb.Severity {
	switch t {
	case kb.FindingNoTitle, kb.FindingNoLanguage, kb.FindingUntagged, kb.FindingNoAlternative, kb.FindingNoTableHeader, kb.FindingNoSlideHeading:
		return kb.Advice
	}
	return kb.Notable
}

func state(r *kb.Reading) kb.ExtractionState {
	out := kb.ExtractionEmpty
	for _, p := range r.Pages {
		if p.Text != "" || p.Notes != "" {
			return kb.ExtractionRead
		}
		if p.Picture {
			out = kb.ExtractionNoText
		}
	}
	return out
}

// bound keeps a reading, but for its pages, to what it may hold. The child does so to
// keep to its frames, and the parent because it does not believe the child.
func bound(r *kb.Reading, limits format.Limits) {
	for _, s := range []*string{&r.Format, &r.MediaType, &r.Title, &r.Subject, &r.Organisation} {
		*s = plain(*s, maxShort)
	}
	r.Language = plain(r.Language, 35) // RFC 5646, 4.4.1
	r.Authors, r.Keywords = list(r.Authors), list(r.Keywords)
	r.Outline = r.Outline[:min(len(r.Outline), maxOutline)]
	for i := range r.Outline {
		o := &r.Outline[i]
		o.Title, o.Page, o.Level = plain(o.Title, 500), between(o.Page, limits.Pages), between(o.Level, 20)
	}
	r.Findings = r.Findings[:min(len(r.Findings), maxFindings)]
	for i := range r.Findings {
		f := &r.Findings[i]
		f.Key, f.Passage, f.In = plain(f.Key, 64), plain(f.Passage, maxPassage), kb.FindingType(plain(string(f.In), 64))
		f.Page, f.Count = min(max(f.Page, 0), limits.Pages), max(f.Count, 0)
		f.Ranges = f.Ranges[:min(len(f.Ranges), 50)]
	}
}

func list(all []string) []string {
	all = all[:min(len(all), maxList)]
	for i := range all {
		all[i] = plain(all[i], maxShort)
	}
	return all
}

func between(n, most int) int { return max(1, min(n, most)) }

// plain keeps a text to what one is: UTF-8 without NUL, so long at most.
func plain(s string, most int) string {
	return strings.ReplaceAll(clip(strings.ToValidUTF8(s, "\ufffd"), most), "\x00", "")
}

// clip cuts a text to so many bytes, between two runes.
func clip(s string, most int) string {
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:max(0, most)], "")
}
