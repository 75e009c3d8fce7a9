package office

import (
	"slices"
	"strings"

	"leerkring/internal/extract/text/flow"
	"leerkring/internal/kb"
)

const (
	maxMargins = 200 // lines of headers and footers
	maxBased   = 10  // styles that one is based on, in a chain
)

// style reads the beginning of a style, or one of its properties.
func (d *openDocument) style(name string, e element) {
	s := d.styles[name]
	switch e.name {
	case "style":
		s = odfStyle{based: e.attr("parent-style-name")}
	case "paragraph-properties":
		s.breaks = e.attr("break-before") == "page"
	case "text-properties", "section-properties":
		s.hidden = e.attr("display") == "none"
	case "drawing-page-properties":
		s.hidden = e.attr("visibility") == "hidden"
	case "table-properties":
		s.hidden = e.attr("display") == "false"
		s.breaks = e.attr("break-before") == "page"
	default:
		return
	}
	if name != "" {
		d.styles[name] = s
	}
}

// styled gives a style with what it has of those that it is based on.
func (d *openDocument) styled(name string) odfStyle {
	out := d.styles[name]
	for range maxBased { // a chain may be a circle
		base, known := d.styles[out.based]
		if !known {
			break
		}
		out = odfStyle{out.hidden || base.hidden, out.breaks || base.breaks, base.based}
	}
	return out
}

// readStyles reads the styles that have a name, and of a text the headers and footers,
// each line once. A part that cannot be read costs only its own text, and is found.
func (d *openDocument) readStyles(kind string) {
	if !d.archive.has("styles.xml") {
		return
	}
	b := &odfBody{document: d, kind: kind, margin: d.margin}
	body := b.handler()
	depth := 0 // of the open header or footer; 0 for none
	err := d.archive.walk("styles.xml", handler{
		start: func(w *walk, e element) error {
			switch {
			case depth > 0:
				return body.start(w, e)
			case kind == "text" && isMargin(e.name):
				depth, b.inside = w.depth(), true
			default:
				b.before(e)
			}
			return nil
		},
		text: func(w *walk, t []byte) {
			if depth > 0 {
				body.text(w, t)
			}
		},
		end: func(w *walk, name string) error {
			if depth == w.depth() {
				depth, b.inside = 0, false
			}
			return body.end(w, name)
		},
	})
	if err != nil {
		d.found.add(kb.FindingUnchecked, 0, "styles.xml")
	}
}

func isMargin(name string) bool {
	place, _, _ := strings.Cut(name, "-") // of left pages, of the first page
	return (place == "header" || place == "footer") && !strings.HasSuffix(name, "-style")
}

// margin keeps a line of a header or footer.
func (d *openDocument) margin(p flow.Paragraph) {
	for line := range strings.Lines(p.Text + "\n" + p.Notes) {
		line = strings.TrimSpace(line)
		if line != "" && len(d.margins) < maxMargins && !slices.Contains(d.margins, line) {
			d.margins = append(d.margins, line)
		}
	}
}
