package office

import "strings"

// diagram gives the texts of a diagram (SmartArt) or of the shapes on a sheet, a line for
// each paragraph.
func (a *archive) diagram(name string) (string, error) {
	var out lines
	var line strings.Builder
	err := a.walk(name, handler{
		start: func(w *walk, e element) error {
			if e.name == "extLst" || e.name == "Fallback" {
				w.skip()
			}
			return nil
		},
		text: func(w *walk, b []byte) {
			if w.open[len(w.open)-1] == "t" {
				line.Write(b)
			}
		},
		end: func(_ *walk, name string) error {
			if name == "p" {
				out.add(line.String(), false)
				line.Reset()
			}
			return nil
		},
	})
	return out.String(), err
}

// chart gives the titles of a chart, and the names and categories that it keeps of the
// sheet behind it, each once; the figures are what it draws, and say nothing alone.
func (a *archive) chart(name string) (string, error) {
	var out lines
	seen := map[string]bool{}
	var text strings.Builder
	names := 0 // depth of what keeps names rather than figures
	err := a.walk(name, handler{
		start: func(w *walk, e element) error {
			switch e.name {
			case "strRef", "strCache", "multiLvlStrRef", "strDim":
				if names == 0 {
					names = w.depth()
				}
			}
			return nil
		},
		text: func(w *walk, b []byte) {
			if in := w.open[len(w.open)-1]; in == "t" || names > 0 && (in == "v" || in == "pt") {
				text.Write(b)
			}
		},
		end: func(w *walk, name string) error {
			if names == w.depth() {
				names = 0
			}
			switch name {
			case "p", "v", "pt":
				if line := strings.TrimSpace(text.String()); line != "" && !seen[line] {
					seen[line] = true
					out.add(line, false)
				}
				text.Reset()
			}
			return nil
		},
	})
	return out.String(), err
}
