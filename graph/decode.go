package graph

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"unicode/utf8"
)

var errUTF8 = errors.New("not valid UTF-8")

// decode reads exactly one JSON value. Numbers stay as they were written, and
// bytes that are no UTF-8 are refused rather than replaced.
func decode(data []byte, into any) error {
	if !utf8.Valid(data) {
		return errUTF8
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	if err := dec.Decode(into); err != nil {
		return err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more than one value")
	}
	return nil
}
