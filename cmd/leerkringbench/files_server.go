package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// uploadServer is a server in a process of its own, with an editor who uploads.
type uploadServer struct {
	process *process
	url     string
	editor  *author
	done    func()
}

func startUploads(ctx context.Context) (*uploadServer, error) {
	dir, done, err := folder("")
	if err != nil {
		return nil, err
	}
	s := &uploadServer{done: done}
	if err := s.start(ctx, dir); err != nil {
		s.stop()
		return nil, err
	}
	return s, nil
}

func (s *uploadServer) start(_ context.Context, dir string, more ...string) (err error) {
	if s.process, err = launch(append([]string{"--data", dir, "--editor"}, more...)...); err != nil {
		return err
	}
	if s.url, _, err = s.process.await("SERVING", time.Minute); err != nil {
		return err
	}
	secret, _, err := s.process.await("EDITOR", time.Minute)
	s.editor = &author{name: "editor", url: s.url + "/graphql", secret: secret, client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 32}}}
	return err
}

func (s *uploadServer) stop() {
	if s.process != nil {
		s.process.kill()
	}
	s.done()
}

// alive fails when the server ended by itself.
func (s *uploadServer) alive() error { return get(s.url+"/healthz", http.StatusOK, 10*time.Second) }

// record makes a publication to hang a file on.
func (s *uploadServer) record(ctx context.Context, title string) (id string, err error) {
	var made struct {
		CreatePublication struct {
			Record     struct{ ID string }
			UserErrors []userError
		}
	}
	err = s.editor.ask(ctx, `mutation ($title: String!) { createPublication(input: {title: $title, summary: $title, themes: ["wonen"], language: "nl"}) { record { id } userErrors { message } } }`,
		map[string]any{"title": strings.ToValidUTF8(title, "")}, &made)
	return made.CreatePublication.Record.ID, errors.Join(err, refused(made.CreatePublication.UserErrors))
}

type userError struct{ Message string }

func refused(wrong []userError) error {
	if len(wrong) == 0 {
		return nil
	}
	return errors.New(wrong[0].Message)
}

// uploaded is what was answered to an upload.
type uploaded struct {
	status  int
	id      string // of the file; empty when it was refused
	refused string
}

// inRequest sends a file within a GraphQL request (the GraphQL multipart request
// specification), streamed from the disk.
func (s *uploadServer) inRequest(ctx context.Context, record, name string) (uploaded, error) {
	f, err := os.Open(name)
	if err != nil {
		return uploaded{}, err
	}
	defer func() { _ = f.Close() }()
	operations, err := json.Marshal(map[string]any{
		"query":     `mutation ($record: ID!, $file: Upload!) { uploadFile(input: {record: $record, file: $file}) { file { id } userErrors { message } } }`,
		"variables": map[string]any{"record": record, "file": nil},
	})
	if err != nil {
		return uploaded{}, err
	}
	reader, writer := io.Pipe()
	form := multipart.NewWriter(writer)
	go func() {
		err := errors.Join(form.WriteField("operations", string(operations)), form.WriteField("map", `{"0":["variables.file"]}`))
		part, e := form.CreateFormFile("0", filepath.Base(name))
		if err = errors.Join(err, e); err == nil {
			_, err = io.Copy(part, f)
		}
		_ = writer.CloseWithError(errors.Join(err, form.Close()))
	}()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.editor.url, reader)
	if err != nil {
		return uploaded{}, err
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("GraphQL-Preflight", "1")
	var answer struct {
		Data struct {
			UploadFile struct {
				File       struct{ ID string }
				UserErrors []userError
			}
		}
		Errors []userError
	}
	status, err := s.do(r, &answer)
	_ = reader.Close()
	if err != nil {
		return uploaded{}, err
	}
	up := answer.Data.UploadFile
	return uploaded{status: status, id: up.File.ID, refused: fmt.Sprint(answer.Errors, up.UserErrors)}, nil
}

// toAddress asks for an address for a file and sends it there.
func (s *uploadServer) toAddress(ctx context.Context, record, name string) (uploaded, error) {
	f, err := os.Open(name)
	if err != nil {
		return uploaded{}, err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return uploaded{}, err
	}
	url, err := s.address(ctx, record, filepath.Base(name), info.Size())
	if err != nil || url == "" {
		return uploaded{status: http.StatusOK, refused: "no address"}, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPut, url, f)
	if err != nil {
		return uploaded{}, err
	}
	r.ContentLength = info.Size()
	var answer struct{ File string }
	status, err := s.do(r, &answer)
	return uploaded{status: status, id: answer.File, refused: "by its address"}, err
}

func (s *uploadServer) address(ctx context.Context, record, name string, size int64) (string, error) {
	var begun struct {
		StartUpload struct {
			URL        string
			UserErrors []userError
		}
	}
	err := s.editor.ask(ctx, `mutation ($record: ID!, $name: String!, $size: Int!) { startUpload(input: {record: $record, name: $name, size: $size}) { url userErrors { message } } }`,
		map[string]any{"record": record, "name": name, "size": size}, &begun)
	return begun.StartUpload.URL, err
}

// do sends a request as the editor and reads its JSON answer.
func (s *uploadServer) do(r *http.Request, into any) (status int, err error) {
	r.Header.Set("Authorization", "Bearer "+s.editor.secret)
	res, err := s.editor.client.Do(r)
	if err != nil {
		return 0, err
	}
	text, err := io.ReadAll(res.Body)
	if err := errors.Join(err, res.Body.Close()); err != nil {
		return 0, err
	}
	if len(bytes.TrimSpace(text)) == 0 || json.Unmarshal(text, into) != nil {
		return res.StatusCode, nil // the status says enough
	}
	return res.StatusCode, nil
}

// settled waits until every file is in a state that it stays in, and counts those.
func (s *uploadServer) settled(ctx context.Context, ids map[string]string, atMost time.Duration) (map[string]int, error) {
	open := make([]string, 0, len(ids))
	for _, id := range ids {
		open = append(open, id)
	}
	states := map[string]int{}
	for end := time.Now().Add(atMost); len(open) > 0; {
		if time.Now().After(end) {
			return states, fmt.Errorf("%d files are not read within %s", len(open), atMost)
		}
		var next []string
		for len(open) > 0 {
			n := min(50, len(open))
			left, err := s.look(ctx, open[:n], states)
			if err != nil {
				return nil, err
			}
			next, open = append(next, left...), open[n:]
		}
		open = next
		if len(open) > 0 {
			time.Sleep(200 * time.Millisecond)
		}
	}
	return states, nil
}

// look counts the files that are settled, and gives the others.
func (s *uploadServer) look(ctx context.Context, ids []string, states map[string]int) (left []string, err error) {
	var found struct {
		Nodes []struct{ ID, State, Message string }
	}
	err = s.editor.ask(ctx, `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on File { id state message } } }`, map[string]any{"ids": ids}, &found)
	if err != nil {
		return nil, err
	}
	for i, f := range found.Nodes {
		switch {
		case f.ID != ids[i]:
			return nil, fmt.Errorf("the file %s is gone", ids[i])
		case f.State == "WAITING" || f.State == "READING" || f.State == "RECOGNISING":
			left = append(left, f.ID)
		case f.Message == "" && f.State != "READ":
			return nil, fmt.Errorf("the file %s is %s without a message", f.ID, f.State)
		default:
			states[f.State]++
		}
	}
	return left, nil
}

// delays measures how long a light request takes, one each 5 ms, while something
// is done, or for some time when do is nil.
func (s *uploadServer) delays(ctx context.Context, during time.Duration, do func() error) (took []time.Duration, err error) {
	ended := make(chan error, 1)
	go func() {
		if do == nil {
			time.Sleep(during)
			ended <- nil
			return
		}
		ended <- do()
	}()
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	body := []byte(`{"query":"{ __typename }"}`)
	for {
		select {
		case err := <-ended:
			return took, err
		case <-time.After(5 * time.Millisecond):
		}
		began := time.Now()
		if err := post(ctx, client, s.editor.url, body); err != nil {
			return nil, errors.Join(err, <-ended)
		}
		took = append(took, time.Since(began))
	}
}
