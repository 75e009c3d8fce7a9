package search

import (
	"fmt"
	"testing"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"leerkring/internal/kb"
)

// BenchmarkReaders measures what it costs that not everyone reads the same, with
// 100,000 documents of 1,000 accounts, a third of them for members: the sets of
// readers that are new to a view, and of one that is known.
func BenchmarkReaders(b *testing.B) {
	x := openIndex(b, b.TempDir(), Options{})
	const accounts = 1_000
	for i := range 100 {
		var docs []kb.Document
		for j := range 1_000 {
			docs = append(docs, publicCase(fmt.Sprint(i, " ", j), func(d *kb.Document) {
				d.Access = []string{kb.AccessEditors, kb.AccessAccount(person1(fmt.Sprint(j)).Account), []string{kb.AccessPublic, kb.AccessPublic, kb.AccessMembers}[j%3]}
				if j == 7 {
					d.Access = d.Access[:2] // of account 7 some are for nobody else
				}
			}))
		}
		put(b, x, kb.Seq(i+1), docs...)
	}
	// A view of our own is not followed by another while it is measured.
	reader, err := x.current.index.Reader()
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = reader.Close() }()
	v, err := newView(x.current, reader.(*scorch.IndexSnapshot), nil)
	if err != nil {
		b.Fatal(err)
	}
	in := published(kb.MaterialKinds()...)
	forget := func() { v.sets.known, v.sets.last = nil, nil }
	members := make([]kb.Actor, accounts)
	for i := range members {
		members[i] = person1(fmt.Sprint(i))
	}
	for name, run := range map[string]func(i int){
		"visitor, first in a view":      func(int) { forget(); v.readable(kb.Visitor(), in) },
		"visitor":                       func(int) { v.readable(kb.Visitor(), in) },
		"member like the others":        func(i int) { v.readable(members[8+i%900], in) },
		"member with more, first":       func(int) { delete(v.sets.known, v.readable(members[7], in).name); v.readable(members[7], in) },
		"what is mine, in given states": func(i int) { v.readable(members[i%accounts], domain{kinds: in.kinds, states: []string{"DRAFT"}}) },
	} {
		b.Run(name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				run(i)
			}
		})
	}
}
