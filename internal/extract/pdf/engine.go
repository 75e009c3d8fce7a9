// Package pdf reads and draws PDF files with PDFium, which runs as WebAssembly: no
// code of the C++ library can touch what is outside of its own memory.
//
// The invariant that a newcomer must know: each file gets a fresh instance of the
// module, so that nothing of one file can be left for the next, and the module sees no
// file system. An endless loop inside cannot be stopped from here: only the end of the
// process does that, and so this package belongs in a child process.
package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"leerkring/internal/extract/format"
	"leerkring/internal/kb"
)

// memoryPages is what the module may use at most, in pages of 64 KiB: 256 MiB.
const memoryPages = 4096

// Engine is PDFium, compiled for this machine. It reads one file at a time.
type Engine struct {
	pool  pdfium.Pool
	cache wazero.CompilationCache
}

// Open compiles PDFium, which takes seconds, or takes it from the folder where an
// earlier one was kept, which takes a tenth of one. No folder keeps nothing. Afterwards
// the engine needs no file any more.
func Open(ctx context.Context, folder string) (*Engine, error) {
	cache, err := openCache(folder)
	if err != nil {
		return nil, fmt.Errorf("the folder of compiled code: %w", err)
	}
	pool, err := webassembly.Init(webassembly.Config{
		Context:  experimental.WithMemoryAllocator(ctx, experimental.MemoryAllocatorFunc(allocate)),
		MaxTotal: 1,
		FSConfig: wazero.NewFSConfig(), // none: the default of the library is "/"
		Stdout:   io.Discard, Stderr: io.Discard,
		RuntimeConfig: wazero.NewRuntimeConfig().
			WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
			WithMemoryLimitPages(memoryPages).
			WithCompilationCache(cache),
	})
	if err != nil {
		return nil, errors.Join(err, cache.Close(ctx))
	}
	return &Engine{pool: pool, cache: cache}, nil
}

func openCache(folder string) (wazero.CompilationCache, error) {
	if folder == "" {
		return wazero.NewCompilationCache(), nil
	}
	return wazero.NewCompilationCacheWithDir(folder)
}

// Close gives the memory back.
func (e *Engine) Close(ctx context.Context) error {
	return errors.Join(e.pool.Close(), e.cache.Close(ctx))
}

// document is an open PDF.
type document struct {
	pdfium.Pdfium
	ref   references.FPDF_DOCUMENT
	pages int // at most the limit
	cut   bool
}

// open opens a file. Whatever is wrong with it is a *format.Problem.
func (e *Engine) open(in format.Input) (*document, error) {
	instance, err := e.pool.GetInstance(time.Minute) // not waited for: there is one user
	if err != nil {
		return nil, fmt.Errorf("an instance of PDFium: %w", err)
	}
	opened, err := instance.OpenDocument(&requests.OpenDocument{FileReader: newBuffered(in), FileReaderSize: in.Size})
	if err != nil {
		return nil, errors.Join(problem(err), instance.Close())
	}
	d := &document{Pdfium: instance, ref: opened.Document}
	count, err := instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: d.ref})
	if err != nil || count.PageCount < 1 {
		return nil, errors.Join(format.Problemf(kb.ExtractionBroken, "a PDF without pages"), instance.Close())
	}
	d.pages = min(count.PageCount, in.Limits.Pages)
	d.cut = count.PageCount > d.pages
	return d, nil
}

// problem tells what PDFium has against a file.
func problem(err error) error {
	if errors.Is(err, pdfiumerrors.ErrPassword) || errors.Is(err, pdfiumerrors.ErrSecurity) {
		return format.Problemf(kb.ExtractionEncrypted, "PDFium: %v", err)
	}
	return format.Problemf(kb.ExtractionBroken, "PDFium: %v", err)
}

// page names a page, which is loaded when it is first used.
func (d *document) page(index int) requests.Page {
	return requests.Page{ByIndex: &requests.PageByIndex{Document: d.ref, Index: index}}
}
