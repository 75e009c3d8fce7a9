package kb

import (
	"strings"
	"testing"
)

func TestNamesAreTexts(t *testing.T) {
	long := strings.Repeat("é", 200)
	for name, tt := range map[string]struct{ in, want string }{
		"as it is":             {"Presentatie wonen 2024.pptx", "Presentatie wonen 2024.pptx"},
		"a path":               {"/etc/passwd", "passwd"},
		"a path of Windows":    {`C:\Users\eva\dia's.pptx`, "dia's.pptx"},
		"up and away":          {"../../x.pdf", "x.pdf"},
		"only dots":            {"..", "bestand"},
		"a folder":             {"map/", "bestand"},
		"nothing":              {"", "bestand"},
		"spaces":               {"  x.pdf \t", "x.pdf"},
		"control characters":   {"a\x00b\nc\x7f.pdf", "abc.pdf"},
		"turned about":         {"plaatje\u202egnp.exe", "plaatjegnp.exe"},
		"of no width":          {"a\u200bb\ufeff.pdf", "ab.pdf"},
		"lines":                {"a\u2028b\u2029c", "abc"},
		"no text":              {"a\xff\xfeb.pdf", "ab.pdf"},
		"markup stays text":    {"<script>.html", "<script>.html"},
		"quotes stay":          {`"x" ; y.pdf`, `"x" ; y.pdf`},
		"long, with extension": {long + ".pptx", strings.Repeat("é", 125) + ".pptx"},
		"long, without":        {long, strings.Repeat("é", 127)},
		"a long extension":     {"x." + strings.Repeat("y", 300), "x." + strings.Repeat("y", 253)},
	} {
		if got := cleanName(tt.in); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}
