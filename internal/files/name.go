package files

import (
	"strings"
	"unicode"

	"leerkring/internal/kb"
)

// disposition tells a browser to keep a file under its name (RFC 6266), or to show it:
// only what cannot run anything is shown, and only when that was asked for.
func disposition(d kb.Download, inline bool) string {
	how := "attachment"
	if inline {
		switch d.MediaType {
		case "application/pdf", "image/png", "text/plain", "text/plain; charset=utf-8":
			how = "inline"
		}
	}
	name := fileName(d.Name)
	return how + `; filename="` + asciiName(name) + `"; filename*=UTF-8''` + extValue(name)
}

// fileName is a name that names a file and nothing else: no folder, no sign that is
// not seen, nothing that turns the direction of text around.
func fileName(name string) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case r == '/' || r == '\\' || r == ':':
			return '-'
		case r == unicode.ReplacementChar || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp):
			return -1
		}
		return r
	}, name)
	if name = strings.Trim(name, ". "); name == "" {
		return "bestand"
	}
	return name
}

// asciiName is the name for programs that know no other signs.
func asciiName(name string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || r == '"' || r == '\\' || r == '%' { // some programs decode %
			return '_'
		}
		return r
	}, name)
}

// extValue writes a text as RFC 8187 does: its UTF-8 in per cent signs, but for attr-char.
func extValue(s string) string {
	const hexDigits = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || strings.IndexByte("!#$&+-.^_`|~", c) >= 0 {
			b.WriteByte(c)
			continue
		}
		b.Write([]byte{'%', hexDigits[c>>4], hexDigits[c&15]})
	}
	return b.String()
}
