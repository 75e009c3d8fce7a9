package pdf

import (
	"bytes"
	"errors"
	"image/png"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/requests"

	"leerkring/internal/extract/format"
)

// maxStretch is how much higher than wide a picture may be: a page can be a ribbon.
const maxStretch = 4

// Draw draws pages, at most width pixels wide, and calls put with each as PNG, or with
// nothing for a page that cannot be drawn. Page 0 is the first.
func (e *Engine) Draw(in format.Input, pages []int, width int, put func(page int, png []byte) error) error {
	d, err := e.open(in)
	if err != nil {
		return err
	}
	for _, page := range pages {
		picture, err := d.draw(max(page, 1)-1, width)
		if err != nil {
			picture = nil // the page, and not the file, is to blame
		}
		if err := put(page, picture); err != nil {
			return errors.Join(err, d.Close())
		}
	}
	return d.Close()
}

func (d *document) draw(index, width int) ([]byte, error) {
	drawn, err := d.RenderPageInPixels(&requests.RenderPageInPixels{
		Page: d.page(index), Width: width, Height: width * maxStretch,
		RenderFlags: enums.FPDF_RENDER_FLAG_ANNOT,
	})
	if err != nil {
		return nil, err
	}
	defer drawn.CleanupFunc()
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	err = encoder.Encode(&out, drawn.Result.RenderedImage)
	return out.Bytes(), err
}
