package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"net/http"
	"time"
)

//go:embed templates static
var files embed.FS

// assets are the files that pages load. Their addresses hold a hash of what is in
// them, so that a browser may keep them for ever.
type assets struct {
	stylesheet string
	icon       string
	script     string
	autosave   string
	upload     string
	content    map[string]asset // by address
}

type asset struct {
	mediaType string
	bytes     []byte
	lasting   bool // the address holds the hash
}

func newAssets() (*assets, error) {
	a := &assets{content: map[string]asset{}}
	var err error
	if a.stylesheet, err = a.add("style", ".css", "text/css; charset=utf-8"); err != nil {
		return nil, err
	}
	if a.icon, err = a.add("icon", ".svg", "image/svg+xml"); err != nil {
		return nil, err
	}
	if a.script, err = a.add("suggest", ".js", "text/javascript; charset=utf-8"); err != nil {
		return nil, err
	}
	if a.autosave, err = a.add("autosave", ".js", "text/javascript; charset=utf-8"); err != nil {
		return nil, err
	}
	if a.upload, err = a.add("upload", ".js", "text/javascript; charset=utf-8"); err != nil {
		return nil, err
	}
	a.content["/favicon.ico"] = asset{"image/svg+xml", a.content[a.icon].bytes, false}
	a.content["/robots.txt"] = asset{"text/plain; charset=utf-8", []byte(robots), false}
	return a, nil
}

// robots keeps search engines from walking through all combinations of filters.
const robots = "User-agent: *\nDisallow: /graphql\nDisallow: /?\nDisallow: /en/?\nDisallow: /suggesties\nDisallow: /en/suggesties\nDisallow: /inloggen\nDisallow: /en/inloggen\n"

func (a *assets) add(name, suffix, mediaType string) (address string, err error) {
	content, err := files.ReadFile("static/" + name + suffix)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(content)
	address = "/static/" + name + "." + hex.EncodeToString(sum[:6]) + suffix
	a.content[address] = asset{mediaType, content, true}
	return address, nil
}

func (a *assets) register(mux *http.ServeMux) {
	for address, file := range a.content {
		mux.HandleFunc("GET "+address, func(w http.ResponseWriter, r *http.Request) {
			h := w.Header()
			h.Set("Content-Type", file.mediaType)
			h.Set("Cache-Control", "public, max-age=86400")
			if file.lasting {
				h.Set("Cache-Control", "public, max-age=31536000, immutable")
			}
			http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(file.bytes))
		})
	}
}
