package main

import (
	"context"
	"errors"
	"fmt"

	"leerkring/internal/kb"
)

// The exit codes. docs/commands.md tells them to operators.
const (
	exitOK          = 0
	exitFailed      = 1
	exitUsage       = 2   // wrong command or flags
	exitRefused     = 3   // some lines were refused, the rest is in
	exitDiffers     = 4   // verify found differences
	exitInUse       = 5   // the folder or the address belongs to another process
	exitNoWrite     = 6   // the disk is full or read-only
	exitUnreachable = 7   // the store does not answer
	exitInterrupted = 130 // stopped by Ctrl-C or SIGTERM before it was done
)

// exitError ends a command with a code after it has said all there is to say.
type exitError int

// Error is for logs.
func (e exitError) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// exitCode is the table from the codes of errors to exit codes.
func exitCode(err error) int {
	if said, ok := errors.AsType[exitError](err); ok {
		return int(said)
	}
	if errors.Is(err, context.Canceled) {
		return exitInterrupted
	}
	switch kb.CodeOf(err) {
	case "":
		return exitOK
	case kb.InUse:
		return exitInUse
	case kb.DiskFull, kb.ReadOnly:
		return exitNoWrite
	case kb.Unavailable, kb.Timeout:
		return exitUnreachable
	}
	return exitFailed
}
