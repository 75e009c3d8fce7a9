package graph

import (
	"bytes"
	"encoding/json"
	"mime"
	"mime/multipart"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"leerkring/graph/internal/scalar"
	"leerkring/internal/kb"
)

const typeForm = "multipart/form-data"

// The limits on a request with files, beside those on its bytes.
const (
	maxMap      = 64 << 10 // bytes
	maxFiles    = 20
	maxPlaces   = 100
	maxBoundary = 70 // bytes, RFC 2046, §5.1.1
)

// fromForm reads an operation with files, as the GraphQL multipart request
// specification says (https://github.com/jaydenseric/graphql-multipart-request-spec): the
// operation, then which file belongs where, then the files. Of these nothing is read yet:
// they come in while the operation asks for them. The caller closes the uploads.
func (h *handler) fromForm(w http.ResponseWriter, r *http.Request) (operation, error) {
	var op operation
	if !unforgeable(r) {
		return op, kb.Errorf(BadRequest, kb.Text{
			NL: "Een verzoek met bestanden heeft de header Authorization, Apollo-Require-Preflight of GraphQL-Preflight nodig, zodat geen andere site het kan sturen.",
			EN: "A request with files needs the header Authorization, Apollo-Require-Preflight or GraphQL-Preflight, so that no other site can send it.",
		})
	}
	u, err := h.arriving(w, r)
	if err != nil {
		return op, err
	}
	data, err := u.field("operations", maxBody)
	if err != nil {
		return op, err
	}
	if op, err = readOperation(data); err != nil {
		return op, err
	}
	if data, err = u.field("map", maxMap); err != nil {
		return op, err
	}
	paths, err := readMap(data)
	if err != nil {
		return op, err
	}
	op.uploads = u
	if err := u.place(op.Variables, paths); err != nil {
		return op, err
	}
	u.body.due = time.Time{}
	return op, op.complete()
}

// unforgeable reports whether no page of another site can have made a browser send a
// request: a form is sent without asking us first, but cannot set these headers.
func unforgeable(r *http.Request) bool {
	return r.Header.Get("Sec-Fetch-Site") == "same-origin" ||
		slices.ContainsFunc([]string{"Authorization", "Apollo-Require-Preflight", "GraphQL-Preflight", "X-Apollo-Operation-Name"}, func(name string) bool {
			return r.Header.Get(name) != ""
		})
}

// arriving begins to read the form of a request.
func (h *handler) arriving(w http.ResponseWriter, r *http.Request) (*uploads, error) {
	_, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	boundary := params["boundary"]
	if err != nil || boundary == "" || len(boundary) > maxBoundary {
		return nil, kb.Wrap(err, BadRequest, kb.Text{NL: "Het Content-Type van het formulier heeft geen goede boundary.", EN: "The Content-Type of the form has no valid boundary."})
	}
	files := h.executor.sources.files
	if most := files.Limits.Request; r.ContentLength > most {
		return nil, requestTooLarge(most)
	}
	m := newMeter(http.MaxBytesReader(w, r.Body, files.Limits.Request))
	return &uploads{blobs: files.Blobs, newID: files.NewID, body: m, form: multipart.NewReader(m, boundary), files: map[string]*attachment{}}, nil
}

// readMap reads which file belongs where. A name that stands there twice is refused:
// one of them would be lost.
func readMap(data []byte) (map[string][]string, error) {
	wrong := kb.Text{NL: `Het deel "map" is geen JSON-object van lijsten met paden.`, EN: `The part "map" is not a JSON object of lists of paths.`}
	var paths map[string][]string
	if err := decode(data, &paths); err != nil || paths == nil {
		return nil, kb.Wrap(err, BadRequest, wrong)
	}
	names, depth := 0, 0
	for dec := json.NewDecoder(bytes.NewReader(data)); ; {
		token, err := dec.Token()
		if err != nil { // the end: it was decoded before
			break
		}
		switch t := token.(type) {
		case json.Delim:
			depth += map[json.Delim]int{'{': 1, '[': 1, '}': -1, ']': -1}[t]
		case string:
			if depth == 1 {
				names++
			}
		}
	}
	if names != len(paths) {
		return nil, kb.Errorf(BadRequest, wrong)
	}
	return paths, nil
}

// place puts the files where their paths lead.
func (u *uploads) place(variables map[string]any, paths map[string][]string) error {
	total := 0
	for _, list := range paths {
		total += len(list)
	}
	if len(paths) > maxFiles || total > maxPlaces {
		return kb.Errorf(BadRequest, kb.Text{
			NL: "Het verzoek heeft te veel bestanden: hoogstens %d, op hoogstens %d plaatsen.",
			EN: "The request has too many files: at most %d, in at most %d places.",
		}, maxFiles, maxPlaces)
	}
	for name, list := range paths {
		f := &attachment{part: name, places: len(list)}
		u.files[name] = f
		file := scalar.Upload{Open: u.opener(f)}
		for _, path := range list {
			if !put(variables, path, file) {
				return kb.Errorf(BadRequest, kb.Text{
					NL: `Het pad %q in "map" leidt niet naar een variabele die null is.`, EN: `The path %q in "map" does not lead to a variable that is null.`,
				}, shorten(path))
			}
		}
	}
	return nil
}

// put puts a file where a path like variables.input.files.0 leads. It must be null
// there: then the operation has a place for it.
func put(variables map[string]any, path string, file scalar.Upload) bool {
	first, rest, _ := strings.Cut(path, ".")
	if first != "variables" || rest == "" {
		return false
	}
	keys := strings.Split(rest, ".")
	at := any(variables)
	for _, key := range keys[:len(keys)-1] {
		at, _ = child(at, key)
	}
	last := keys[len(keys)-1]
	if value, known := child(at, last); !known || value != nil {
		return false
	}
	switch in := at.(type) {
	case map[string]any:
		in[last] = file
	case []any:
		n, _ := strconv.Atoi(last)
		in[n] = file
	}
	return true
}

// child gives what JSON has under a key, or at a place of a list.
func child(of any, key string) (value any, known bool) {
	switch in := of.(type) {
	case map[string]any:
		value, known = in[key]
	case []any:
		if n, err := strconv.Atoi(key); err == nil && n >= 0 && n < len(in) && strconv.Itoa(n) == key {
			return in[n], true
		}
	}
	return value, known
}
