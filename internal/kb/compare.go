package kb

// FieldChange is one field that differs between two versions, as readable text:
// the values of a list each on a line.
type FieldChange struct {
	Field         string // JSON name
	Before, After string
}
