package graph

import (
	"context"
	"maps"
	"slices"
	"sync"
)

// loader gives values by key and fetches them in batches: what was announced with
// expect comes along with the first key that is really asked for. It lives as
// long as one operation, so nothing that it holds can grow old. No clock and no
// goroutine is involved: the batches of an operation are always the same.
type loader[K comparable, V any] struct {
	// fetch gives the values that exist; the map cannot put them in a wrong order.
	fetch func(ctx context.Context, keys []K) (map[K]V, error)

	expecting sync.Mutex
	expected  map[K]struct{}

	fetching sync.Mutex // held while a batch is under way; taken before expecting
	fetched  map[K]V
	asked    map[K]struct{}
	failed   error
}

func newLoader[K comparable, V any](fetch func(context.Context, []K) (map[K]V, error)) *loader[K, V] {
	return &loader[K, V]{fetch: fetch, expected: map[K]struct{}{}, fetched: map[K]V{}, asked: map[K]struct{}{}}
}

// expect announces keys that will probably be asked for. The zero key names nothing.
func (l *loader[K, V]) expect(keys ...K) {
	l.expecting.Lock()
	defer l.expecting.Unlock()
	for _, k := range keys {
		if k != *new(K) {
			l.expected[k] = struct{}{}
		}
	}
}

// list gives the values of keys in their order, without those that do not exist.
// After one failed batch every call gives that error: the operation is lost, and
// a store that is in trouble is not asked again for each field.
func (l *loader[K, V]) list(ctx context.Context, keys []K) ([]V, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	l.fetching.Lock()
	defer l.fetching.Unlock()
	if l.failed == nil && slices.ContainsFunc(keys, l.isNew) {
		l.failed = l.batch(ctx, keys)
	}
	if l.failed != nil {
		return nil, l.failed
	}
	values := make([]V, 0, len(keys))
	for _, k := range keys {
		if v, ok := l.fetched[k]; ok {
			values = append(values, v)
		}
	}
	return values, nil
}

// one gives the value of a key, or the zero value when it does not exist.
func (l *loader[K, V]) one(ctx context.Context, key K) (V, error) {
	var none V
	values, err := l.list(ctx, []K{key})
	if err != nil || len(values) == 0 {
		return none, err
	}
	return values[0], nil
}

func (l *loader[K, V]) isNew(k K) bool {
	_, asked := l.asked[k]
	return !asked
}

func (l *loader[K, V]) batch(ctx context.Context, keys []K) error {
	l.expect(keys...)
	l.expecting.Lock()
	batch := l.expected
	l.expected = map[K]struct{}{}
	l.expecting.Unlock()
	maps.DeleteFunc(batch, func(k K, _ struct{}) bool { return !l.isNew(k) })
	found, err := l.fetch(ctx, slices.Collect(maps.Keys(batch)))
	if err != nil {
		return err
	}
	maps.Copy(l.asked, batch)
	maps.Copy(l.fetched, found)
	return nil
}
