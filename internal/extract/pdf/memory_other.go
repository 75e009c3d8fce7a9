//go:build !unix

package pdf

import "github.com/tetratelabs/wazero/experimental"

// linear is the memory of the module.
type linear struct{ held []byte }

func allocate(first, _ uint64) experimental.LinearMemory {
	return &linear{held: make([]byte, 0, first)}
}

// Reallocate grows the memory.
func (m *linear) Reallocate(size uint64) []byte {
	if grow := int(size) - len(m.held); grow > 0 {
		m.held = append(m.held, make([]byte, grow)...)
	}
	return m.held[:size]
}

// Free leaves it to the collector.
func (m *linear) Free() { m.held = nil }
