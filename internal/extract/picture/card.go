package picture

import (
	"image"
	"image/color"
	"image/draw"
	"strings"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// Card draws a card that stands for a page of which there is no picture: its heading
// and the beginning of its text, on a sheet of 4 by 3, as PNG. A text that begins with
// the heading is drawn without it.
func Card(heading, text string, width int) ([]byte, error) {
	if rest, ok := strings.CutPrefix(strings.TrimSpace(text), strings.TrimSpace(heading)+"\n"); ok {
		text = rest
	}
	c := &card{img: image.NewRGBA(image.Rect(0, 0, width, width*3/4)), margin: width / 16}
	draw.Draw(c.img, c.img.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	c.y = fixed.I(c.margin)
	if err := c.write(gobold.TTF, float64(width)/20, heading, 3); err != nil {
		return nil, err
	}
	if err := c.write(goregular.TTF, float64(width)/32, text, 40); err != nil {
		return nil, err
	}
	return Encode(c.img, width)
}

// card is a card that is being written on, from above.
type card struct {
	img    *image.RGBA
	margin int
	y      fixed.Int26_6 // where the next line begins
}

// write writes at most so many lines of a text, as far as there is room.
func (c *card) write(typeface []byte, size float64, text string, lines int) error {
	parsed, err := opentype.Parse(typeface)
	if err != nil {
		return err
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingFull})
	if err != nil {
		return err
	}
	pen := &font.Drawer{Dst: c.img, Src: image.NewUniform(color.RGBA{R: 0x22, G: 0x22, B: 0x22, A: 0xff}), Face: face}
	room := fixed.I(c.img.Bounds().Dx() - 2*c.margin)
	m := face.Metrics()
	for _, line := range wrap(text, lines, func(s string) bool { return pen.MeasureString(s) <= room }) {
		if c.y+m.Height > fixed.I(c.img.Bounds().Dy()-c.margin) {
			break
		}
		pen.Dot = fixed.Point26_6{X: fixed.I(c.margin), Y: c.y + m.Ascent}
		pen.DrawString(line)
		c.y += m.Height * 5 / 4
	}
	c.y += m.Height / 2
	return face.Close()
}

// maxLine is how much of a text is looked at for one line of a card, in bytes.
const maxLine = 400

// wrap breaks the beginning of a text into at most so many lines that fit.
func wrap(text string, lines int, fits func(string) bool) (out []string) {
	text = text[:min(len(text), lines*maxLine)]
	for paragraph := range strings.SplitSeq(strings.ToValidUTF8(text, ""), "\n") {
		line := ""
		for _, word := range strings.FieldsFunc(paragraph, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) {
			word = cut(word, fits)
			longer := strings.TrimSpace(line + " " + word)
			if line != "" && !fits(longer) {
				if out = append(out, line); len(out) == lines {
					return out
				}
				longer = word
			}
			line = longer
		}
		if line != "" {
			if out = append(out, line); len(out) == lines {
				return out
			}
		}
	}
	return out
}

// cut shortens a word that fills more than a line.
func cut(word string, fits func(string) bool) string {
	if fits(word) {
		return word
	}
	runes := []rune(word)
	runes = runes[:min(len(runes), maxLine)]
	for len(runes) > 1 && !fits(string(runes)+"…") {
		runes = runes[:len(runes)*3/4]
	}
	return string(runes) + "…"
}
