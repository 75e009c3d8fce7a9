package kb

import (
	"errors"
	"fmt"
)

// Code says what kind of thing went wrong, in the words that a client program
// can act on. It is what GraphQL shows as extensions.code.
type Code string

// The codes that leave the program. Each edge holds one table that turns them
// into its own terms (an HTTP status, an exit code).
const (
	// Internal is a fault of ours. Its text is logged and never shown.
	Internal Code = "INTERNAL"
	// NotFound is also the answer for what the actor may not know exists.
	NotFound Code = "NOT_FOUND"
	// Invalid is input that breaks a rule; Problems says which.
	Invalid Code = "BAD_USER_INPUT"
	// Unauthenticated is a request that does not prove who it says is asking.
	Unauthenticated Code = "UNAUTHENTICATED"
	// Forbidden is what the actor may not do.
	Forbidden Code = "FORBIDDEN"
	// Conflict is a write that expected another version than the stored one.
	Conflict Code = "CONFLICT"
	// KeyTaken is a write whose unique key belongs to another record.
	KeyTaken Code = "KEY_TAKEN"
	// CursorInvalid is a cursor that we did not make, or made for another search.
	CursorInvalid Code = "CURSOR_INVALID"
	// CursorExpired is a cursor whose snapshot is gone and that cannot go on.
	CursorExpired Code = "CURSOR_EXPIRED"
	// Unavailable is a store or index that cannot be reached now; trying again may help.
	Unavailable Code = "UNAVAILABLE"
	// TooMany is what was tried too often; the text says how long to wait.
	TooMany Code = "TOO_MANY_REQUESTS"
	// DiskFull is a write refused for want of space; nothing of it was kept.
	DiskFull Code = "DISK_FULL"
	// ReadOnly is a write refused because the data folder or its disk cannot be written.
	ReadOnly Code = "READ_ONLY"
	// InUse is a data folder that another process holds.
	InUse Code = "IN_USE"
	// Damaged is stored data that does not hold together.
	Damaged Code = "DAMAGED"
	// TooLarge is input over a limit.
	TooLarge Code = "TOO_LARGE"
	// Timeout is work that was cut off at its deadline.
	Timeout Code = "TIMEOUT"
)

// Text is one sentence for people in both languages of the product.
type Text struct {
	NL string
	EN string
}

// In gives the text in a language ("nl" or "en"); anything else gets Dutch.
func (t Text) In(lang string) string {
	if lang == "en" && t.EN != "" {
		return t.EN
	}
	return t.NL
}

// Error is an error with a code and a text that may be shown to the user. The
// cause, if any, is for the log only.
type Error struct {
	Code     Code
	Text     Text
	Problems []Problem
	Cause    error
}

// Problem is one broken rule of one field.
type Problem struct {
	// Field is the path of the field in JSON names, like "period.from".
	Field string
	Text  Text
}

// Error gives the English text and the cause; it is for logs.
func (e *Error) Error() string {
	s := string(e.Code) + ": " + e.Text.EN
	for _, p := range e.Problems {
		s += "; " + p.Field + ": " + p.Text.EN
	}
	if e.Cause != nil {
		s += ": " + e.Cause.Error()
	}
	return s
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Errorf makes a coded error. args fill both languages of text in the same order.
func Errorf(code Code, text Text, args ...any) *Error {
	if len(args) > 0 {
		text = Text{NL: fmt.Sprintf(text.NL, args...), EN: fmt.Sprintf(text.EN, args...)}
	}
	return &Error{Code: code, Text: text}
}

// Wrap makes a coded error around a cause that only the log shows.
func Wrap(cause error, code Code, text Text, args ...any) *Error {
	e := Errorf(code, text, args...)
	e.Cause = cause
	return e
}

// CodeOf gives the code of the outermost coded error in err's chain, Internal
// for an error without one and "" for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return Internal
}
