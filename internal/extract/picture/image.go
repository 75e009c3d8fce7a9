package picture

import (
	"bytes"
	"image"
	_ "image/gif" // the formats of images that are read
	_ "image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/tiff"
	_ "golang.org/x/image/webp"

	"leerkring/internal/extract/format"
	"leerkring/internal/kb"
)

// maxPixels is how large an image may be: decoded it takes four bytes a pixel.
const maxPixels = 50_000_000

// Read reads an image: one page that is a picture.
func Read(in format.Input) (*kb.Reading, error) {
	if _, err := size(in); err != nil {
		return nil, err
	}
	return &kb.Reading{Unit: kb.UnitPage, Pages: []kb.ReadPage{{Number: 1, Picture: true}}, Preview: true}, nil
}

// Image draws an image as PNG, at most so many pixels wide.
func Image(in format.Input, width int) ([]byte, error) {
	if _, err := size(in); err != nil {
		return nil, err
	}
	img, _, err := image.Decode(io.NewSectionReader(in, 0, in.Size))
	if err != nil {
		return nil, broken(err)
	}
	return Encode(img, width)
}

// size reads how large an image says it is, and refuses one that is too large.
func size(in format.Input) (image.Config, error) {
	c, _, err := image.DecodeConfig(io.NewSectionReader(in, 0, in.Size))
	if err != nil {
		return c, broken(err)
	}
	if c.Width <= 0 || c.Height <= 0 {
		return c, format.Problemf(kb.ExtractionEmpty, "an image of %d × %d pixels", c.Width, c.Height)
	}
	if c.Width > maxPixels/c.Height {
		return c, format.Problemf(kb.ExtractionTooLarge, "an image of %d × %d pixels", c.Width, c.Height)
	}
	return c, nil
}

func broken(err error) error { return format.Problemf(kb.ExtractionBroken, "an image: %v", err) }

// Encode writes an image as PNG, made smaller when it is wider than width.
func Encode(img image.Image, width int) ([]byte, error) {
	b := img.Bounds()
	if b.Dx() > width && width > 0 {
		small := image.NewRGBA(image.Rect(0, 0, width, max(1, b.Dy()*width/b.Dx())))
		draw.ApproxBiLinear.Scale(small, small.Bounds(), img, b, draw.Src, nil)
		img = small
	}
	var out bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&out, img)
	return out.Bytes(), err
}
