//go:build unix

package extract

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"syscall"
)

// line is one end of the socket between parent and child. Requests are JSON after a
// length of four bytes; with that length goes the descriptor of the file.
type line struct{ *net.UnixConn }

// inheritedLine is the descriptor by which a child has its end.
const inheritedLine = 3

// newLine makes both ends: ours, and that of a child to be.
func newLine() (*line, *os.File, error) {
	ends, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
	if err != nil {
		return nil, nil, err
	}
	for _, fd := range ends {
		syscall.CloseOnExec(fd)
	}
	theirs := os.NewFile(uintptr(ends[1]), "child")
	ours, err := lineOf(os.NewFile(uintptr(ends[0]), "parent"))
	if err != nil {
		return nil, nil, errors.Join(err, theirs.Close())
	}
	return ours, theirs, nil
}

func inherited() (*line, error) {
	syscall.CloseOnExec(inheritedLine)
	return lineOf(os.NewFile(inheritedLine, "parent"))
}

func lineOf(f *os.File) (*line, error) {
	conn, err := net.FileConn(f)
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	unix, ok := conn.(*net.UnixConn)
	if !ok {
		return nil, errors.Join(errors.New("extract: not a socket of this machine"), conn.Close())
	}
	return &line{unix}, nil
}

// opened is a file of which the descriptor can be sent.
type opened interface{ Fd() uintptr }

// send sends a request, and a file unless that is nil.
func (l *line) send(request any, file opened) error {
	payload, err := json.Marshal(request)
	if err != nil {
		return err
	}
	size := binary.BigEndian.AppendUint32(nil, uint32(len(payload)))
	var rights []byte
	if file != nil {
		rights = syscall.UnixRights(int(file.Fd()))
	}
	if _, _, err := l.WriteMsgUnix(size, rights, nil); err != nil {
		return err
	}
	_, err = l.Write(payload)
	return err
}

// receive waits for a request. The parent is believed.
func (l *line) receive(request any) (*os.File, error) {
	size, rights := make([]byte, 4), make([]byte, syscall.CmsgSpace(4))
	n, m, _, _, err := l.ReadMsgUnix(size, rights)
	if err != nil || n == 0 {
		return nil, errors.Join(err, io.EOF)
	}
	if _, err := io.ReadFull(l, size[n:]); err != nil {
		return nil, err
	}
	file, err := descriptor(rights[:m])
	if err != nil {
		return nil, err
	}
	payload := make([]byte, min(binary.BigEndian.Uint32(size), maxFrame))
	if _, err := io.ReadFull(l, payload); err != nil {
		return file, err
	}
	return file, json.Unmarshal(payload, request)
}

func descriptor(rights []byte) (*os.File, error) {
	if len(rights) == 0 {
		return nil, nil // none was sent
	}
	messages, err := syscall.ParseSocketControlMessage(rights)
	if err != nil || len(messages) != 1 {
		return nil, fmt.Errorf("extract: %d messages: %w", len(messages), err)
	}
	fds, err := syscall.ParseUnixRights(&messages[0])
	if err != nil || len(fds) != 1 {
		return nil, fmt.Errorf("extract: %d descriptors: %w", len(fds), err)
	}
	syscall.CloseOnExec(fds[0])
	return os.NewFile(uintptr(fds[0]), "file"), nil
}
