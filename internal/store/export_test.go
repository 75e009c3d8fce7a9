package store

// Queued is how many jobs wait for the write function.
func (w *Writer) Queued() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.jobs)
}
