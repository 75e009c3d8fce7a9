package blobtest

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"leerkring/internal/kb"
)

// model is blobs as simple as can be: maps.
type model struct {
	stages  map[kb.ID][]byte
	blobs   map[string][]byte
	derived map[string]map[string][]byte
}

// testModel does random things to blobs and to the model, which must never differ.
// rapid prints what to repeat when they do.
func testModel(t *testing.T, fresh Fresh) {
	rapid.Check(t, func(rt *rapid.T) {
		m := &model{map[kb.ID][]byte{}, map[string][]byte{}, map[string]map[string][]byte{}}
		open := fresh(t, noon)
		b := open()
		defer func() { _ = b.Close() }()
		for range rapid.IntRange(1, 12).Draw(rt, "steps") {
			switch rapid.IntRange(0, 9).Draw(rt, "what") {
			case 0:
				if err := b.Close(); err != nil {
					rt.Fatal(err)
				}
				b = open()
			case 1, 2:
				m.commit(rt, b)
			case 3:
				m.discard(rt, b)
			case 4:
				m.delete(rt, b)
			case 5, 6:
				m.derive(rt, b)
			default:
				m.append(rt, b)
			}
		}
		m.compare(rt, b)
	})
}

func drawStage(rt *rapid.T) kb.ID {
	return id(rapid.SampledFrom([]string{"a", "b", "c"}).Draw(rt, "stage"))
}

// drawBytes gives few different bytes, so that stages are often equal.
func drawBytes(rt *rapid.T) []byte {
	n := rapid.SampledFrom([]int{0, 1, 2, 700, 1000, 1001, 2000, 5000}).Draw(rt, "length")
	return bytes.Repeat([]byte{rapid.SampledFrom([]byte("xy")).Draw(rt, "byte")}, n)
}

// drawBlob gives the name of a blob, or now and then of none.
func (m *model) drawBlob(rt *rapid.T) string {
	names := []string{sum([]byte("none"))}
	for name := range m.blobs {
		names = append(names, name)
	}
	slices.Sort(names)
	return rapid.SampledFrom(names).Draw(rt, "blob")
}

func (m *model) append(rt *rapid.T, b kb.Blobs) {
	stage, data := drawStage(rt), drawBytes(rt)
	offset := int64(len(m.stages[stage])) + int64(rapid.SampledFrom([]int{0, 0, 0, 0, 0, 1, -1}).Draw(rt, "shift"))
	var r io.Reader = bytes.NewReader(data)
	broken := errors.New("broken")
	breaks := rapid.IntRange(0, 4).Draw(rt, "breaks") == 0
	if breaks {
		r = io.MultiReader(r, iotest.ErrReader(broken))
	}
	size, err := b.Append(rt.Context(), stage, offset, r)
	if offset != int64(len(m.stages[stage])) {
		code(rt, "Append at a wrong place", err, kb.Conflict)
	} else {
		m.stages[stage] = append(slices.Clip(m.stages[stage]), data...)
		if m.stages[stage] == nil {
			m.stages[stage] = []byte{}
		}
		if breaks != errors.Is(err, broken) || !breaks && err != nil {
			rt.Fatalf("Append: %v", err)
		}
	}
	if size != int64(len(m.stages[stage])) {
		rt.Fatalf("Append: got %d, want %d", size, len(m.stages[stage]))
	}
}

func (m *model) commit(rt *rapid.T, b kb.Blobs) {
	stage := drawStage(rt)
	data, ok := m.stages[stage]
	if !ok {
		_, _, err := b.Commit(rt.Context(), stage)
		code(rt, "Commit", err, kb.NotFound)
		return
	}
	commit(rt, b, stage, data)
	delete(m.stages, stage)
	m.blobs[sum(data)] = data
}

func (m *model) discard(rt *rapid.T, b kb.Blobs) {
	stage := drawStage(rt)
	if err := b.Discard(rt.Context(), stage); err != nil {
		rt.Fatalf("Discard: %v", err)
	}
	delete(m.stages, stage)
}

func (m *model) delete(rt *rapid.T, b kb.Blobs) {
	name := m.drawBlob(rt)
	want := kb.NotFound
	if _, ok := m.blobs[name]; ok {
		want = ""
	}
	code(rt, "Delete", b.Delete(rt.Context(), name), want)
	delete(m.blobs, name)
	delete(m.derived, name)
}

func (m *model) derive(rt *rapid.T, b kb.Blobs) {
	name, thing, data := m.drawBlob(rt), rapid.SampledFrom([]string{"p-1", "p-2", "q"}).Draw(rt, "thing"), drawBytes(rt)
	if rapid.IntRange(0, 3).Draw(rt, "drop") == 0 {
		if err := b.DropDerived(rt.Context(), name, thing[:1]); err != nil {
			rt.Fatalf("DropDerived: %v", err)
		}
		for other := range m.derived[name] {
			if other[0] == thing[0] {
				delete(m.derived[name], other)
			}
		}
		return
	}
	err := b.PutDerived(rt.Context(), name, thing, bytes.NewReader(data))
	if _, ok := m.blobs[name]; !ok {
		code(rt, "PutDerived", err, kb.NotFound)
		return
	}
	code(rt, "PutDerived", err, "")
	if m.derived[name] == nil {
		m.derived[name] = map[string][]byte{}
	}
	m.derived[name][thing] = data
}

func (m *model) compare(rt *rapid.T, b kb.Blobs) {
	for _, name := range []string{"a", "b", "c"} {
		data, ok := m.stages[id(name)]
		staged(rt, b, id(name), len(data))
		stage, err := b.OpenStage(rt.Context(), id(name))
		if ok {
			holds(rt, stage, err, data)
		} else {
			code(rt, "OpenStage", err, kb.NotFound)
		}
	}
	for name, data := range m.blobs {
		has(rt, b, data)
		for _, thing := range []string{"p-1", "p-2", "q"} {
			want, ok := m.derived[name][thing]
			derived, err := b.OpenDerived(rt.Context(), name, thing)
			if ok {
				holds(rt, derived, err, want)
			} else {
				code(rt, "OpenDerived", err, kb.NotFound)
			}
		}
	}
	if got := walked(rt, b); len(got) != len(m.blobs)+len(m.stages) {
		rt.Fatalf("Walk visits %d, want %d and %d", len(got), len(m.blobs), len(m.stages))
	}
}
