package web

import "net/http"

// orTombstone shows a record, or what is left of one that was withdrawn.
func orTombstone(segment string, h handler) handler {
	return func(v *visit) (answer, error) {
		a, err := h(v)
		if statusOf(err) != http.StatusNotFound || err == nil {
			return a, err
		}
		return v.movedOr(err)
	}
}
