package files_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"leerkring/internal/files"
	"leerkring/internal/kb"
)

// keeper keeps one upload in a file on disk, and gives files out, as kb.Files does:
// the rules of kb.Files have tests of their own.
type keeper struct {
	mu     sync.Mutex
	path   string
	upload kb.Upload
	file   kb.ID
	gone   bool
	// original is what readers fetch, picture what is drawn of it; both may be none.
	original, picture *kb.Download
	redeemed          bool
	fault             error
}

const secret = "geheim"

func notFound() error {
	return kb.Errorf(kb.NotFound, kb.Text{NL: "Bestaat niet.", EN: "Does not exist."})
}

func (k *keeper) state() kb.UploadState {
	info, err := os.Stat(k.path)
	size := int64(0)
	if err == nil {
		size = info.Size()
	}
	u := k.upload
	return kb.UploadState{Upload: &u, Offset: size, File: k.file}
}

func (k *keeper) Upload(_ context.Context, s string) (kb.UploadState, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if s != secret || k.gone {
		return kb.UploadState{}, notFound()
	}
	return k.state(), k.fault
}

func (k *keeper) Append(_ context.Context, s string, offset int64, r io.Reader) (kb.UploadState, error) {
	if s != secret || k.gone {
		return kb.UploadState{}, notFound()
	}
	if !k.mu.TryLock() {
		return kb.UploadState{}, kb.Errorf(kb.Conflict, kb.Text{NL: "Bezig.", EN: "Busy."})
	}
	defer k.mu.Unlock()
	if got := k.state().Offset; got != offset {
		return k.state(), kb.Errorf(kb.Conflict, kb.Text{NL: "Ga verder bij %d.", EN: "Go on at %d."}, got)
	}
	f, err := os.OpenFile(k.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return kb.UploadState{}, err
	}
	hash := sha256.New()
	_, err = io.Copy(io.MultiWriter(f, hash), io.LimitReader(r, k.upload.Size-offset))
	_ = f.Close()
	if err != nil {
		return k.state(), err
	}
	if k.state().Offset == k.upload.Size {
		k.file = kb.DeriveID("file", hex.EncodeToString(hash.Sum(nil)))
	}
	return k.state(), nil
}

func (k *keeper) Abandon(_ context.Context, s string) error {
	if s != secret || k.gone {
		return notFound()
	}
	k.gone = true
	return nil
}

func (k *keeper) Original(_ context.Context, actor kb.Actor, _ kb.ID) (kb.Download, error) {
	if k.original == nil || !actor.Role.AtLeast(kb.RoleMember) {
		return kb.Download{}, notFound()
	}
	return *k.original, k.fault
}

func (k *keeper) Picture(_ context.Context, _ kb.Actor, _ kb.ID, page int) (kb.Download, error) {
	if k.picture == nil || page > 2 {
		return kb.Download{}, notFound()
	}
	return *k.picture, nil
}

func (k *keeper) Redeem(_ context.Context, s string) (kb.Download, error) {
	if k.redeemed || s != secret {
		return kb.Download{}, notFound()
	}
	k.redeemed = true
	return *k.original, nil
}

// blob is bytes in memory.
type blob struct{ *bytes.Reader }

func (blob) Close() error { return nil }

func download(name, mediaType, content string) *kb.Download {
	sum := sha256.Sum256([]byte(content))
	return &kb.Download{Name: name, MediaType: mediaType, SHA256: hex.EncodeToString(sum[:]), Blob: blob{bytes.NewReader([]byte(content))}}
}

// newKeeper expects an upload of some bytes.
func newKeeper(tb testing.TB, size int64) *keeper {
	tb.Helper()
	return &keeper{path: filepath.Join(tb.TempDir(), "stage"), upload: kb.Upload{Name: "dia's.pptx", Size: size, ExpiresAt: time.Unix(2e9, 0)}}
}

// site is both handlers, for a member.
func (k *keeper) site() (http.Handler, *bytes.Buffer) {
	var log bytes.Buffer
	c := files.Config{
		Files: k, MaxFile: 1_000, Reference: func(context.Context) string { return "ref-1" },
		Log: slog.New(slog.NewTextHandler(&log, nil)),
	}
	mux := http.NewServeMux()
	mux.Handle("/", files.BySecret(c))
	reader := files.ByReader(c)
	mux.HandleFunc("/files/", func(w http.ResponseWriter, r *http.Request) {
		actor := kb.Actor{Role: kb.RoleMember}
		if r.Header.Get("X-Visitor") != "" {
			actor = kb.Visitor()
		}
		reader.ServeHTTP(w, r.WithContext(kb.WithActor(r.Context(), actor)))
	})
	return mux, &log
}

func send(h http.Handler, method, target, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}
