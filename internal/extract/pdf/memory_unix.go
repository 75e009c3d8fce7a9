//go:build unix

package pdf

import (
	"syscall"

	"github.com/tetratelabs/wazero/experimental"
)

// linear is the memory of the module: addresses are reserved for the most that it may
// become, and given to it as it grows. It never moves, so growing copies nothing, and it
// goes back to the system as soon as a file is done.
type linear struct{ reserved []byte }

func allocate(_, limit uint64) experimental.LinearMemory {
	reserved, err := syscall.Mmap(-1, 0, int(limit), syscall.PROT_NONE, syscall.MAP_PRIVATE|syscall.MAP_ANON)
	if err != nil {
		return &linear{}
	}
	return &linear{reserved: reserved}
}

// Reallocate gives the first bytes of what is reserved, and nil when there is no more.
func (m *linear) Reallocate(size uint64) []byte {
	if size == 0 {
		return m.reserved[:0]
	}
	if size > uint64(len(m.reserved)) || syscall.Mprotect(m.reserved[:size], syscall.PROT_READ|syscall.PROT_WRITE) != nil {
		return nil
	}
	return m.reserved[:size:size]
}

// Free gives everything back.
func (m *linear) Free() {
	if m.reserved != nil {
		_ = syscall.Munmap(m.reserved) // what mmap gave cannot be refused
		m.reserved = nil
	}
}
