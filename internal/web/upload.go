package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"strconv"

	"leerkring/internal/web/operations"
)

// maxControl is the most bytes of a part of a form with files that is no file.
const maxControl = 4 << 10

// upload hands the files of a form on to GraphQL, each in a request of its own as the
// GraphQL multipart request specification describes, while they come in. So the pages
// have no way in that other clients have not. It gives how many there were.
func (v *visit) upload(record string) (sent int, wrong *notes, err error) {
	wrong = &notes{}
	form, err := v.MultipartReader()
	if err != nil {
		return 0, wrong, statusError{http.StatusUnsupportedMediaType}
	}
	input := map[string]any{"record": record, "file": nil}
	for range maxControls {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return sent, wrong, nil
		}
		if err != nil {
			return sent, wrong, statusError{http.StatusBadRequest}
		}
		if part.FormName() != "bestand" {
			if err := v.control(part, input, wrong); err != nil {
				return sent, wrong, err
			}
			continue
		}
		if part.FileName() == "" || len(wrong.order) > 0 {
			continue // nothing was chosen, or it would be refused
		}
		problems, err := v.uploadFile(part, input)
		if err != nil {
			return sent, wrong, err
		}
		for _, p := range problems {
			wrong.add("", part.FileName()+": "+p.Message)
		}
		sent++
	}
	return sent, wrong, statusError{http.StatusRequestEntityTooLarge}
}

// control reads a part that says something of the files after it.
func (v *visit) control(part *multipart.Part, input map[string]any, wrong *notes) error {
	data, err := io.ReadAll(io.LimitReader(part, maxControl))
	if err != nil {
		return statusError{http.StatusBadRequest}
	}
	text := clean(string(data))
	switch name := part.FormName(); {
	case text == "":
	case name == "vervangt":
		input["replaces"] = text
	case name == "visibility":
		input["visibility"] = text
	case name == "team":
		r := v.reader(map[string][]string{"team": {text}}, map[string]reference{})
		input["team"] = teamField().read(r, "")
		wrong.order = append(wrong.order, r.notes.order...)
		return r.err
	}
	return nil
}

// uploadFile sends one file, and gives what was wrong with it.
func (v *visit) uploadFile(file *multipart.Part, input map[string]any) ([]operations.Problem, error) {
	in, out := io.Pipe()
	form := multipart.NewWriter(out)
	written := make(chan error, 1)
	go func() {
		err := writeUpload(form, file, input)
		written <- err
		_ = out.CloseWithError(err) // it gives no error
	}()
	r, err := http.NewRequestWithContext(v.Context(), http.MethodPost, "/graphql", in)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Accept", "application/json")
	r.Header.Set("Accept-Language", string(v.lang))
	r.Header.Set("GraphQL-Preflight", "1") // it comes from here, and from no other site
	w := &reply{header: http.Header{}}
	v.site.config.GraphQL.ServeHTTP(w, r)
	_ = in.CloseWithError(io.ErrClosedPipe) // what was not read is not waited for
	if err := <-written; err != nil && !errors.Is(err, io.ErrClosedPipe) {
		return nil, statusError{http.StatusBadRequest} // the form broke off
	}
	return w.problems()
}

// writeUpload writes a multipart request with one file.
func writeUpload(form *multipart.Writer, file *multipart.Part, input map[string]any) error {
	operation, err := json.Marshal(map[string]any{"query": operations.UploadFile, "variables": map[string]any{"input": input}})
	if err != nil {
		return err
	}
	if err := errors.Join(form.WriteField("operations", string(operation)), form.WriteField("map", `{"0":["variables.input.file"]}`)); err != nil {
		return err
	}
	to, err := form.CreateFormFile("0", clean(file.FileName()))
	if err != nil {
		return err
	}
	if _, err := io.Copy(to, file); err != nil {
		return err
	}
	return form.Close()
}

// reply is the answer of GraphQL to a file.
type reply struct {
	header http.Header
	body   bytes.Buffer
}

// Header gives the headers, which nobody reads.
func (w *reply) Header() http.Header { return w.header }

// WriteHeader does nothing: the body says all.
func (w *reply) WriteHeader(int) {}

// Write keeps a piece of the body.
func (w *reply) Write(p []byte) (int, error) { return w.body.Write(p) }

// problems reads what was wrong.
func (w *reply) problems() ([]operations.Problem, error) {
	var got struct {
		Data struct {
			UploadFile *struct {
				UserErrors []operations.Problem `json:"userErrors"`
			} `json:"uploadFile"`
		} `json:"data"`
		Errors []operations.Problem `json:"errors"`
	}
	if err := json.Unmarshal(w.body.Bytes(), &got); err != nil {
		return nil, errors.New("web: no answer to a file: " + strconv.Quote(w.body.String()))
	}
	if got.Data.UploadFile == nil {
		return got.Errors, nil
	}
	return got.Data.UploadFile.UserErrors, nil
}
