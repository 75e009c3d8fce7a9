package blob

import (
	"regexp"

	"leerkring/internal/kb"
)

// The names that an adapter takes. Nothing else becomes a path or a key.
var (
	sumForm     = regexp.MustCompile(`^[0-9a-f]{64}$`)
	derivedForm = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{0,99}$`)
	prefixForm  = regexp.MustCompile(`^([a-z0-9][a-z0-9.-]{0,99})?$`)
)

// CheckStage gives NotFound unless a stage may have this name.
func CheckStage(id kb.ID) error {
	if !id.Valid() {
		return NotFound()
	}
	return nil
}

// CheckSum gives NotFound unless a blob may have this name: SHA-256 as 64
// hexadecimal digits in lower case.
func CheckSum(sha256 string) error {
	if !sumForm.MatchString(sha256) {
		return NotFound()
	}
	return nil
}

// CheckDerived gives NotFound unless a derived thing may have this name: up to 100
// letters, digits, dots and hyphens, the first a letter or digit.
func CheckDerived(sha256, name string) error {
	if !derivedForm.MatchString(name) {
		return NotFound()
	}
	return CheckSum(sha256)
}

// CheckPrefix gives NotFound unless names of derived things may begin so.
func CheckPrefix(sha256, prefix string) error {
	if !prefixForm.MatchString(prefix) {
		return NotFound()
	}
	return CheckSum(sha256)
}
