package office

import (
	"net/url"
	"path"
	"strings"

	"leerkring/internal/extract/format"
	"leerkring/internal/kb"
)

// relation is what one part of Office Open XML says of another.
type relation struct {
	id string
	// kind is the last step of its type: slide, image, comments. The steps before it
	// differ between the editions of the standard.
	kind     string
	target   string // the name of a part, or an address when it is external
	external bool
}

// relations reads what a part refers to; the empty name is the document as a whole. A
// part without relations has none.
func (a *archive) relations(of string) ([]relation, error) {
	name := path.Join(path.Dir(of), "_rels", path.Base(of)+".rels")
	if of == "" {
		name = "_rels/.rels"
	}
	if out, known := a.known[name]; known || !a.has(name) {
		return out, nil
	}
	var out []relation
	err := a.walk(name, handler{start: func(_ *walk, e element) error {
		if e.name != "Relationship" {
			return nil
		}
		r := relation{id: e.attr("Id"), kind: path.Base(e.attr("Type")), target: e.attr("Target"), external: e.attr("TargetMode") == "External"}
		if !r.external {
			r.target = resolve(of, r.target)
		}
		out = append(out, r)
		return nil
	}})
	if err == nil {
		a.known[name] = out
	}
	return out, err
}

// resolve gives the name of the part that a target means, seen from another part. It
// cannot lead out of the archive: a target that tries names nothing.
func resolve(from, target string) string {
	target, _, _ = strings.Cut(slashed(target), "#")
	if plain, err := url.PathUnescape(target); err == nil {
		target = plain
	}
	if !strings.HasPrefix(target, "/") {
		target = path.Join("/", path.Dir(from), target)
	}
	return strings.TrimPrefix(path.Clean(target), "/")
}

// targets gives the parts that relations name, by their ids.
func targets(all []relation) map[string]string {
	out := map[string]string{}
	for _, r := range all {
		if !r.external {
			out[r.id] = r.target
		}
	}
	return out
}

// ofKind gives the parts with which a part has a relation of a kind, each once.
func ofKind(all []relation, kind string) []string {
	var out []string
	seen := map[string]bool{}
	for _, r := range all {
		if key := partKey(r.target); r.kind == kind && !r.external && !seen[key] {
			seen[key] = true
			out = append(out, r.target)
		}
	}
	return out
}

// mainPart gives the part that holds the document: the one that the relations name, or
// else the one that every writer uses.
func (a *archive) mainPart(usual string) (string, error) {
	all, err := a.relations("")
	if err != nil {
		return "", err
	}
	for _, name := range append(ofKind(all, "officeDocument"), usual) {
		if a.has(name) {
			return name, nil
		}
	}
	return "", format.Problemf(kb.ExtractionBroken, "no part holds the document")
}
