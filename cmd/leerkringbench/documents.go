package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"strings"
)

// madeKinds are the kinds of files that made makes, by their extensions.
func madeKinds() []string { return []string{"txt", "docx", "pptx"} }

// made gives a file of a kind in which a word stands once, among some other text.
func made(kind, word string) []byte {
	text := strings.Repeat(body, 200) + "Het kenmerk is " + word + "."
	switch kind {
	case "docx":
		return zipped(
			part{"[Content_Types].xml", types(`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>`)},
			part{"_rels/.rels", relations("officeDocument", "word/document.xml")},
			part{"word/document.xml", `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>` + html.EscapeString(text) + `</w:t></w:r></w:p></w:body></w:document>`},
		)
	case "pptx":
		return zipped(
			part{"[Content_Types].xml", types(`<Override PartName="/ppt/presentation.xml" ContentType="application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"/><Override PartName="/ppt/slides/slide1.xml" ContentType="application/vnd.openxmlformats-officedocument.presentationml.slide+xml"/>`)},
			part{"_rels/.rels", relations("officeDocument", "ppt/presentation.xml")},
			part{"ppt/presentation.xml", `<p:presentation xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst></p:presentation>`},
			part{"ppt/_rels/presentation.xml.rels", relations("slide", "slides/slide1.xml")},
			part{"ppt/slides/slide1.xml", `<p:sld xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:cSld><p:spTree><p:sp><p:txBody><a:p><a:r><a:t>` + html.EscapeString(text) + `</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sld>`},
		)
	}
	return []byte(text)
}

// part is one member of a ZIP file.
type part struct{ name, text string }

func types(overrides string) string {
	return `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` + overrides + `</Types>`
}

func relations(kind, target string) string {
	return fmt.Sprintf(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/></Relationships>`, kind, target)
}

func zipped(parts ...part) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, p := range parts {
		f, err := w.Create(p.name)
		if err == nil {
			_, err = f.Write([]byte(p.text))
		}
		if err != nil {
			panic("leerkringbench: memory takes every write: " + err.Error())
		}
	}
	if err := w.Close(); err != nil {
		panic("leerkringbench: memory takes every write: " + err.Error())
	}
	return out.Bytes()
}
