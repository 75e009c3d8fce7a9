package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"leerkring/internal/extract"
)

// The files that are made here are what their names say, and no two are alike.
func TestMadeFilesAreWhatTheyAreCalled(t *testing.T) {
	for _, kind := range madeKinds() {
		data := made(kind, "w1n2")
		if bytes.Equal(data, made(kind, "w1n3")) || !bytes.Equal(data, made(kind, "w1n2")) {
			t.Errorf("%s: the word makes the file", kind)
		}
		got, err := extract.MediaType(inMemory{bytes.NewReader(data)}, "x."+kind)
		want := map[string]string{"txt": "text/plain", "docx": "wordprocessingml.document", "pptx": "presentationml.presentation"}[kind]
		if err != nil || !strings.Contains(got, want) {
			t.Errorf("%s: %s, %v", filepath.Base("x."+kind), got, err)
		}
	}
}

type inMemory struct{ *bytes.Reader }

func (inMemory) Close() error { return nil }
