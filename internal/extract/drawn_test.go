//go:build unix

package extract

import (
	"bytes"
	"fmt"
	"image/png"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/extract/format"
	"leerkring/internal/extract/picture"
)

// colours makes an OpenDocument presentation of slides that are filled with a colour
// each. A colour after a minus is of a hidden slide.
func colours(t *testing.T, all ...string) string {
	t.Helper()
	var styles, slides strings.Builder
	for i, colour := range all {
		colour, hidden := strings.CutPrefix(colour, "-")
		visibility := "visible"
		if hidden {
			visibility = "hidden"
		}
		fmt.Fprintf(&styles, `<style:style style:name="g%d" style:family="graphic"><style:graphic-properties draw:fill="solid" draw:fill-color="%s" draw:stroke="none" draw:auto-grow-height="false"/></style:style>`, i, colour)
		fmt.Fprintf(&styles, `<style:style style:name="p%d" style:family="drawing-page"><style:drawing-page-properties presentation:visibility="%s"/></style:style>`, i, visibility)
		fmt.Fprintf(&slides, `<draw:page draw:name="page%[1]d" draw:style-name="p%[1]d" draw:master-page-name="Standaard"><draw:custom-shape draw:style-name="g%[1]d" svg:width="28cm" svg:height="21cm" svg:x="0cm" svg:y="0cm"><text:p>Dia %[1]d</text:p><draw:enhanced-geometry svg:viewBox="0 0 100 100" draw:type="rectangle" draw:enhanced-path="M 0 0 L 100 0 100 100 0 100 Z N"/></draw:custom-shape></draw:page>`, i)
	}
	const spaces = ` xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3"`
	return packed(t,
		"mimetype", "application/vnd.oasis.opendocument.presentation",
		"META-INF/manifest.xml", `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.presentation"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/></manifest:manifest>`,
		"styles.xml", `<office:document-styles`+spaces+`><office:automatic-styles><style:page-layout style:name="L"><style:page-layout-properties fo:page-width="28cm" fo:page-height="21cm" fo:margin="0cm"/></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="Standaard" style:page-layout-name="L"/></office:master-styles></office:document-styles>`,
		"content.xml", `<office:document-content`+spaces+`><office:automatic-styles>`+styles.String()+`</office:automatic-styles><office:body><office:presentation>`+slides.String()+`</office:presentation></office:body></office:document-content>`)
}

// seen names what is in the middle of a picture: a colour, or a card where it is white.
func seen(t *testing.T, picture []byte) string {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	b := img.Bounds()
	red, green, blue, _ := img.At(b.Min.X+b.Dx()/4, b.Min.Y+b.Dy()*3/4).RGBA()
	bright := func(v uint32) bool { return v > 0x8000 }
	switch {
	case bright(red) && bright(green) && bright(blue):
		return "card"
	case bright(red):
		return "red"
	case bright(green):
		return "green"
	case bright(blue):
		return "blue"
	}
	return "dark"
}

// Pictures of slides are those that LibreOffice draws in a child with all its limits,
// and each is of the slide with its number, though one before it is hidden.
func TestSlidesAreDrawnInAChild(t *testing.T) {
	programs := picture.Find(t.Context())
	deck := source("dias.odp", colours(t, "#ff0000", "-#00ff00", "#0000ff"))
	for name, tt := range map[string]struct {
		programs picture.Programs
		want     map[int]string
	}{
		"with LibreOffice":    {programs, map[int]string{0: "red", 1: "red", 2: "green", 3: "blue"}},
		"without LibreOffice": {picture.Programs{}, map[int]string{0: "card", 1: "card", 2: "card", 3: "card"}},
		"one that is gone":    {picture.Programs{Soffice: "/usr/bin/no-such-program"}, map[int]string{0: "card", 1: "card", 2: "card", 3: "card"}},
	} {
		t.Run(name, func(t *testing.T) {
			if name == "with LibreOffice" && programs.Soffice == "" {
				if os.Getenv("LEERKRING_REQUIRE_TOOLS") == "1" {
					t.Fatal("soffice is not there")
				}
				t.Skip("soffice is not there")
			}
			x := opening(t, Config{Cache: compiled(t), Programs: tt.programs})
			r, err := x.Read(t.Context(), deck)
			if err != nil || r.Format != format.ODP || len(r.Pages) != 3 || r.Pages[0].Hidden || !r.Pages[1].Hidden {
				t.Fatalf("%+v, %v", r, err)
			}
			got := map[int]string{}
			err = x.Pictures(t.Context(), deck, r, []int{0, 1, 2, 3}, 200, func(page int, png []byte) error {
				got[page] = seen(t, png)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
