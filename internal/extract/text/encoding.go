package text

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"leerkring/internal/extract/format"
	"leerkring/internal/kb"
)

// read gives the bytes of a file up to the limit on one part, and whether there are
// more. Errors: EMPTY for a file without any but spaces, and those of the disk.
func read(in format.Input) (b []byte, cut bool, err error) {
	b, err = io.ReadAll(io.NewSectionReader(in, 0, min(in.Size, in.Limits.Part)))
	if err != nil {
		return nil, false, err
	}
	if len(bytes.TrimSpace(b)) == 0 {
		return nil, false, format.Problemf(kb.ExtractionEmpty, "no text")
	}
	return b, in.Size > in.Limits.Part, nil
}

// decode gives the text of bytes: by their byte order mark, else as UTF-8 when they are,
// else as Windows-1252, which is what older Dutch programs write. Errors: BROKEN for
// what is no text at all.
func decode(b []byte, cut bool) (string, error) {
	var from encoding.Encoding
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xfe")), bytes.HasPrefix(b, []byte("\xfe\xff")):
		from = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
	case inUTF8(b, cut):
		from = unicode.UTF8BOM
	default:
		from = charmap.Windows1252
	}
	out, err := from.NewDecoder().Bytes(b)
	if err != nil {
		return "", format.Problemf(kb.ExtractionBroken, "text of another encoding: %v", err)
	}
	text := string(out)
	if zeros := strings.Count(text, "\x00"); zeros > len(text)/100 {
		return "", format.Problemf(kb.ExtractionBroken, "%d zero bytes: no text", zeros)
	}
	return clean(text), nil
}

// inUTF8 reports whether bytes are UTF-8; those that were cut may end in half a rune.
func inUTF8(b []byte, cut bool) bool {
	if cut {
		b = trimCutRune(b)
	}
	return utf8.Valid(b)
}

// trimCutRune leaves out a last rune that the limit cut through.
func trimCutRune(b []byte) []byte {
	for i := 1; i < utf8.UTFMax && i <= len(b); i++ {
		if last := b[len(b)-i:]; utf8.RuneStart(last[0]) {
			if !utf8.FullRune(last) {
				return b[:len(b)-i]
			}
			break
		}
	}
	return b
}

// clean gives lines that end in "\n" and hold no control characters but tabs.
func clean(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n").Replace(strings.ToValidUTF8(text, "\uFFFD"))
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f || r == '\uFEFF' {
			return -1
		}
		return r
	}, text)
}
