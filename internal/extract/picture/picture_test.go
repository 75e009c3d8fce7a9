package picture_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"strings"
	"testing"

	"leerkring/internal/extract/format"
	"leerkring/internal/extract/picture"
	"leerkring/internal/kb"
)

func input(b []byte) format.Input {
	return format.Input{ReaderAt: bytes.NewReader(b), Size: int64(len(b)), Limits: format.Defaults()}
}

// shaded gives an image that is dark on its left and light on its right.
func shaded(width, height int) *image.Gray {
	img := image.NewGray(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			img.SetGray(x, y, color.Gray{Y: uint8(255 * x / width)})
		}
	}
	return img
}

func encoded(t *testing.T, kind string, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	var err error
	switch kind {
	case "png":
		err = png.Encode(&b, img)
	case "jpeg":
		err = jpeg.Encode(&b, img, nil)
	case "gif":
		err = gif.Encode(&b, img, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestImagesAreMadeSmaller(t *testing.T) {
	for _, kind := range []string{"png", "jpeg", "gif"} {
		b := encoded(t, kind, shaded(400, 100))
		r, err := picture.Read(input(b))
		if err != nil || len(r.Pages) != 1 || !r.Pages[0].Picture || r.Unit != kb.UnitPage {
			t.Fatalf("%s: %+v, %v", kind, r, err)
		}
		for width, want := range map[int]image.Point{200: {200, 50}, 1000: {400, 100}, 1: {1, 1}} {
			drawn, err := picture.Image(input(b), width)
			if err != nil {
				t.Fatal(err)
			}
			img, err := png.Decode(bytes.NewReader(drawn))
			if err != nil || img.Bounds().Size() != want {
				t.Fatalf("%s at %d: %v, %v, want %v", kind, width, img.Bounds(), err, want)
			}
			left, _, _, _ := img.At(0, 0).RGBA()
			right, _, _, _ := img.At(want.X-1, want.Y-1).RGBA()
			if want.X > 1 && left >= right {
				t.Errorf("%s at %d: the left is not darker than the right", kind, width)
			}
		}
	}
}

func TestImagesThatCannotBe(t *testing.T) {
	whole := encoded(t, "png", shaded(40, 40))
	huge := bytes.Clone(whole)
	copy(huge[16:24], []byte{0, 1, 0, 0, 0, 1, 0, 0}) // width and height in the header: 65,536 each
	for name, test := range map[string]struct {
		bytes []byte
		state kb.ExtractionState
	}{
		"nothing":     {nil, kb.ExtractionBroken},
		"a text":      {[]byte("hallo"), kb.ExtractionBroken},
		"cut off":     {whole[:len(whole)/2], kb.ExtractionBroken},
		"a wide lie":  {huge, kb.ExtractionBroken}, // its checksum tells
		"a large one": {bmp(20_000, 20_000), kb.ExtractionBroken},
	} {
		_, err := picture.Image(input(test.bytes), 100)
		problem, ok := errors.AsType[*format.Problem](err)
		if !ok || problem.State != test.state {
			t.Errorf("%s: %v", name, err)
		}
	}
	wide := encoded(t, "gif", image.NewPaletted(image.Rect(0, 0, 8, 8), color.Palette{color.Black, color.White}))
	copy(wide[6:10], []byte{0xff, 0xff, 0xff, 0xff}) // the screen of a GIF has no checksum
	if _, err := picture.Read(input(wide)); !is(err, kb.ExtractionTooLarge) {
		t.Errorf("65,535 × 65,535 pixels: %v", err)
	}
}

func is(err error, state kb.ExtractionState) bool {
	problem, ok := errors.AsType[*format.Problem](err)
	return ok && problem.State == state
}

// bmp is the header of a format that is not read.
func bmp(width, height int32) []byte {
	b := make([]byte, 54)
	copy(b, "BM")
	b[18], b[19], b[22], b[23] = byte(width), byte(width>>8), byte(height), byte(height>>8)
	return b
}

// ink gives how many pixels of a picture are dark, above and below the middle.
func ink(t *testing.T, drawn []byte) (above, below int) {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(drawn))
	if err != nil {
		t.Fatal(err)
	}
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if r, _, _, _ := img.At(x, y).RGBA(); r < 0x8000 {
				if y < b.Dy()/2 {
					above++
				} else {
					below++
				}
			}
		}
	}
	return above, below
}

func TestCardsShowTheBeginningOfAText(t *testing.T) {
	draw := func(heading, text string) (above, below int) {
		t.Helper()
		b, err := picture.Card(heading, text, 400)
		if err != nil {
			t.Fatal(err)
		}
		return ink(t, b)
	}
	if above, below := draw("", ""); above+below != 0 {
		t.Errorf("an empty card has %d dark pixels", above+below)
	}
	above, below := draw("Wonen in de regio", "Kort.")
	if above == 0 || below != 0 {
		t.Errorf("a short card has %d dark pixels above and %d below", above, below)
	}
	long := strings.Repeat("Gemeenten werken samen aan woningbouw. ", 100)
	if above, below := draw("Wonen", long); below == 0 || above == 0 {
		t.Errorf("a long card has %d dark pixels above and %d below", above, below)
	}
	same, _ := picture.Card("Wonen", "Kort.", 400)
	for _, text := range []string{"Wonen\nKort.", " Wonen\nKort.\n"} {
		if again, err := picture.Card("Wonen ", text, 400); err != nil || !bytes.Equal(again, same) {
			t.Errorf("%q: the heading is drawn twice, or not at all: %v", text, err)
		}
	}
	if other, err := picture.Card("Wonen", "Wonenden\nKort.", 400); err != nil || bytes.Equal(other, same) {
		t.Errorf("a line that begins as the heading is gone: %v", err)
	}
	draw(strings.Repeat("x", 100_000), strings.Repeat("\x00é\n", 10_000)+"\xff\xfe") // must end
}

func FuzzImage(f *testing.F) {
	for _, kind := range []string{"png", "jpeg", "gif"} {
		var b bytes.Buffer
		_ = map[string]func() error{
			"png": func() error { return png.Encode(&b, shaded(8, 8)) }, "jpeg": func() error { return jpeg.Encode(&b, shaded(8, 8), nil) },
			"gif": func() error { return gif.Encode(&b, shaded(8, 8), nil) },
		}[kind]()
		f.Add(b.Bytes())
	}
	f.Add([]byte("II*\x00\x08\x00\x00\x00"))
	f.Add([]byte("RIFF\x10\x00\x00\x00WEBPVP8L"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if c, _, err := image.DecodeConfig(bytes.NewReader(b)); err == nil && c.Width > 1_000_000/max(1, c.Height) {
			t.Skip("large ones only take time")
		}
		drawn, err := picture.Image(input(b), 64)
		if err != nil {
			if _, ok := errors.AsType[*format.Problem](err); !ok {
				t.Fatal(err)
			}
			return
		}
		if img, err := png.Decode(bytes.NewReader(drawn)); err != nil || img.Bounds().Dx() > 64 {
			t.Fatalf("%v, %v", img.Bounds(), err)
		}
	})
}

// missing skips a test for want of a program; where all must be there it fails.
func missing(t *testing.T, reason string) {
	t.Helper()
	if os.Getenv("LEERKRING_REQUIRE_TOOLS") == "1" {
		t.Fatal(reason)
	}
	t.Skip(reason)
}

func TestTextInAPictureIsRecognised(t *testing.T) {
	p := picture.Find(t.Context())
	if p.Tesseract == "" {
		missing(t, "tesseract with Dutch or English is not there")
	}
	card, err := picture.Card("Regionale woondeal", "Gemeenten bouwen samen duizend woningen.", 1600)
	if err != nil {
		t.Fatal(err)
	}
	text, err := p.Recognise(t.Context(), card)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"Regionale", "woondeal", "Gemeenten", "duizend"} {
		if !strings.Contains(text, word) {
			t.Errorf("%q is not in %q", word, text)
		}
	}
	if _, err := p.Recognise(t.Context(), []byte("no picture")); err == nil {
		t.Error("what is no picture gave no error")
	}
}

func TestDocumentsAreDrawn(t *testing.T) {
	p := picture.Find(t.Context())
	if p.Soffice == "" {
		missing(t, "soffice is not there")
	}
	drawn, err := p.PDF(t.Context(), input([]byte("<html><body><h1>Wonen</h1></body></html>")), "html")
	if err != nil || !bytes.HasPrefix(drawn, []byte("%PDF-")) {
		t.Fatalf("%.20q, %v", drawn, err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.PDF(ended, input([]byte("<p>Wonen</p>")), "html"); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end: %v", err)
	}
}
