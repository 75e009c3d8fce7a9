package kb

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxFileName is how many bytes the name of a file keeps, as file systems do.
const maxFileName = 255

// cleanName makes a text of the name that a file comes with: the last element of a
// path, without control characters and without the marks that turn the direction of
// writing, by which a name can look like another one. A name that is too long keeps
// its extension.
func cleanName(name string) string {
	name = strings.ToValidUTF8(name, "")
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r) {
			return -1
		}
		return r
	}, name)
	name = strings.TrimSpace(name)
	if strings.Trim(name, ". ") == "" {
		return "bestand"
	}
	if len(name) <= maxFileName {
		return name
	}
	const longestExtension = 20
	ext := path.Ext(name)
	if len(ext) > longestExtension {
		ext = ""
	}
	end := maxFileName - len(ext)
	for !utf8.RuneStart(name[end]) {
		end--
	}
	return name[:end] + ext
}
