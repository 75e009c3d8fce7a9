package office

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// wordStyle is what a style of a document says that matters for its text.
type wordStyle struct {
	level  int // of a heading, from 1
	hidden bool
	based  string
	list   numbered
}

// readStyles reads the styles, each with what it takes from the one it is based on.
func (d *docx) readStyles() map[string]wordStyle {
	out := map[string]wordStyle{}
	for _, name := range ofKind(d.relations, "styles") {
		id, style := "", wordStyle{}
		d.aside(name, handler{
			start: func(_ *walk, e element) error {
				switch e.name {
				case "style":
					id, style = e.attr("styleId"), wordStyle{}
				case "name":
					style.level = headingLevel(e.attr("val"))
				case "basedOn":
					style.based = e.attr("val")
				case "outlineLvl":
					style.level = outlineLevel(e)
				case "vanish":
					style.hidden = e.on()
				case "numId":
					style.list.list = e.attr("val")
				case "ilvl":
					style.list.level, _ = strconv.Atoi(e.attr("val"))
				}
				return nil
			},
			end: func(_ *walk, name string) error {
				if name == "style" {
					out[id] = style
				}
				return nil
			},
		})
	}
	for id := range out {
		out[id] = inherited(out, id)
	}
	return out
}

func inherited(all map[string]wordStyle, id string) wordStyle {
	out := all[id]
	for range 10 { // a chain may be a circle
		base, known := all[out.based]
		if !known {
			break
		}
		if out.level == 0 {
			out.level = base.level
		}
		if out.list.list == "" {
			out.list = base.list
		}
		out.hidden = out.hidden || base.hidden
		out.based = base.based
	}
	return out
}

// headingLevel knows the built-in styles, which files name in English in whatever
// language they were written; title is a heading above them all.
func headingLevel(name string) int {
	name = strings.ToLower(name)
	if name == "title" {
		return 1
	}
	for _, prefix := range []string{"heading ", "kop "} {
		if n, err := strconv.Atoi(strings.TrimPrefix(name, prefix)); err == nil && strings.HasPrefix(name, prefix) && n >= 1 && n <= 9 {
			return n
		}
	}
	return 0
}

// outlineLevel gives the level of a heading, from 1; body text has 9 in the file.
func outlineLevel(e element) int {
	if n, err := strconv.Atoi(e.attr("val")); err == nil && n >= 0 && n < 9 {
		return n + 1
	}
	return 0
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
