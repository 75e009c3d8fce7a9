package search

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"leerkring/internal/kb"
)

// pageTexts gives n texts of a page each, of words as rare as those of a language.
func pageTexts(rng *rand.Rand, n int) []string {
	common := strings.Fields("de het een van in gemeente wonen energie wijk regio werk jaar plan aanpak inwoners samen")
	rare := rand.NewZipf(rng, 1.3, 3, 60_000)
	out := make([]string, n)
	for i := range out {
		var b strings.Builder
		for range 300 {
			if rng.IntN(2) == 0 {
				b.WriteString(common[rng.IntN(len(common))])
			} else {
				fmt.Fprintf(&b, "woord%s", strings.Repeat(string(rune('a'+rare.Uint64()%26)), 1+int(rare.Uint64()%5)))
				fmt.Fprintf(&b, "%x", rare.Uint64())
			}
			b.WriteByte(' ')
		}
		out[i] = b.String()
	}
	return out
}

func sizeOfFolder(tb testing.TB, dir string) (n int64) {
	tb.Helper()
	err := filepath.Walk(dir, func(_ string, info os.FileInfo, err error) error {
		if err == nil {
			n += info.Size()
		}
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	return n
}

// BenchmarkHighlights measures a search with passages over 200 records of 100
// pages, over the same text as bodies, and over records without; and how large each
// index is and how long it takes to make.
func BenchmarkHighlights(b *testing.B) {
	for _, kind := range []string{"none", "bodies", "pages"} {
		b.Run(kind, func(b *testing.B) {
			rng := rand.New(rand.NewPCG(1, 1))
			dir := b.TempDir()
			x := openIndex(b, dir, Options{NoCache: true})
			var made time.Duration
			text := 0
			for i := range 10 {
				var docs []kb.Document
				for j := range 20 {
					texts := pageTexts(rng, 100)
					docs = append(docs, publicCase(fmt.Sprint("zaak ", i, " ", j), func(d *kb.Document) {
						d.Summary, d.Body = "Een aanpak voor energie in de wijk.", texts[0]
						for n, t := range texts {
							switch kind {
							case "pages":
								d.Pages = append(d.Pages, kb.FilePage{File: d.Record, Number: n + 1, Text: t})
							case "bodies":
								d.Body += "\n" + t
							}
							text += len(t)
						}
					}))
				}
				start := time.Now()
				put(b, x, kb.Seq(i+1), docs...)
				made += time.Since(start)
			}
			if err := x.Flush(b.Context()); err != nil {
				b.Fatal(err)
			}
			mergeAll(b, x)
			for b.Loop() {
				res := ask(b, x, kb.SearchRequest{Text: "samen wonen en werk in de gemeente", First: 20, Highlights: true})
				if len(res.Hits) != 20 || kind == "pages" && res.Hits[19].Passage == nil {
					b.Fatal("no hits, or no passage")
				}
			}
			b.ReportMetric(float64(sizeOfFolder(b, dir))/1e6, "MB")
			b.ReportMetric(made.Seconds(), "s-to-make")
			b.ReportMetric(float64(text)/1e6, "MB-text")
		})
	}
}
