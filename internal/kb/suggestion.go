package kb

// Suggested is a value for a field of a material that was found in a file. It
// is shown, and taken or refused by who works on the material; it changes nothing
// by itself.
type Suggested struct {
	// Key names the suggestion within its file; equal bytes and values give equal keys.
	Key string `json:"key"`
	// Field is the JSON name of the field of the material; Value is what it would
	// hold, or have added when it is a list: a text, a slug, a code, an id, a day.
	Field string `json:"field"`
	Value string `json:"value"`
	// Label is what people call the value.
	Label string `json:"label"`
	// Confidence is between 0 and 1: the share of such suggestions that proved right on
	// what it was measured with.
	Confidence float64 `json:"confidence"`
	// Page and Passage are where it was found, page 0 in the properties of the
	// document; Ranges are the places in the passage.
	Page    int         `json:"page,omitempty"`
	Passage string      `json:"passage,omitempty"`
	Ranges  []TextRange `json:"ranges,omitempty"`
}
