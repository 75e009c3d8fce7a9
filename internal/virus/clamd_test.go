package virus

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"leerkring/internal/kb"
)

// fake is a clamd that keeps what it got.
type fake struct {
	address string
	got     chan []byte
}

// start runs a clamd that answers every stream with what answer gives for its bytes.
// It takes at most limit bytes and then says so and hangs up, as clamd does.
func start(t *testing.T, network string, limit int, answer func([]byte) string) *fake {
	t.Helper()
	at := "127.0.0.1:0"
	if network == "unix" {
		at = filepath.Join(t.TempDir(), "c")
	}
	listener, err := net.Listen(network, at)
	if err != nil {
		t.Fatal(err)
	}
	f := &fake{address: network + "://" + listener.Addr().String(), got: make(chan []byte, 16)}
	var all sync.WaitGroup
	all.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			all.Go(func() {
				defer conn.Close()
				data, full := receive(conn, limit)
				f.got <- data
				if full {
					_, _ = io.WriteString(conn, "INSTREAM size limit exceeded. ERROR\x00")
					return
				}
				_, _ = io.WriteString(conn, answer(data))
			})
		}
	})
	t.Cleanup(func() {
		_ = listener.Close()
		all.Wait()
	})
	return f
}

// receive reads one stream; full says that it is over the limit.
func receive(conn net.Conn, limit int) (data []byte, full bool) {
	r := bufio.NewReader(conn)
	if command, err := r.ReadString(0); err != nil || command != "zINSTREAM\x00" {
		return []byte(command), false
	}
	for {
		var n uint32
		if binary.Read(r, binary.BigEndian, &n) != nil || n == 0 {
			return data, false
		}
		if len(data)+int(n) > limit {
			return data, true
		}
		chunk := make([]byte, n)
		if _, err := io.ReadFull(r, chunk); err != nil {
			return data, false
		}
		data = append(data, chunk...)
	}
}

func says(text string) func([]byte) string { return func([]byte) string { return text } }

type blob struct{ *bytes.Reader }

func (blob) Close() error { return nil }

func file(data []byte) kb.Blob { return blob{bytes.NewReader(data)} }

func clamd(t *testing.T, address string, timeout time.Duration) *Clamd {
	t.Helper()
	c, err := New(address, timeout)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestScan(t *testing.T) {
	large := bytes.Repeat([]byte("0123456789"), 100_000)
	for _, test := range []struct {
		name, network, answer string
		data                  []byte
		virus                 string
		code                  kb.Code
	}{
		{"clean", "tcp", "stream: OK\x00", []byte("abc"), "", ""},
		{"clean over a socket", "unix", "stream: OK\x00", large, "", ""},
		{"of just one chunk", "tcp", "stream: OK\x00", large[:chunkSize], "", ""},
		{"of no bytes", "tcp", "stream: OK\x00", nil, "", ""},
		{"a virus", "tcp", "stream: Eicar-Test-Signature FOUND\x00", []byte("abc"), "Eicar-Test-Signature", ""},
		{"a virus without a name", "tcp", "stream:  FOUND\x00", []byte("abc"), "?", ""},
		{"a name with signs", "tcp", "stream: a\x1b[1mb FOUND\x00", []byte("abc"), "a?[1mb", ""},
		{"an error", "tcp", "stream: Can't allocate memory ERROR\x00", []byte("abc"), "", kb.Unavailable},
		{"a file that is named", "tcp", "/etc/passwd: OK\x00", []byte("abc"), "", kb.Unavailable},
		{"another program", "tcp", "220 mail.example.nl ESMTP\r\n", []byte("abc"), "", kb.Unavailable},
		{"an answer that is cut off", "tcp", "stream: O", []byte("abc"), "", kb.Unavailable},
		{"an answer without its end", "tcp", "stream: OK", []byte("abc"), "", kb.Unavailable},
		{"no answer", "tcp", "", []byte("abc"), "", kb.Unavailable},
		{"an endless answer", "tcp", strings.Repeat("x", 2*maxAnswer) + "\x00", []byte("abc"), "", kb.Unavailable},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := start(t, test.network, 10<<20, says(test.answer))
			virus, err := clamd(t, f.address, time.Minute).Scan(t.Context(), file(test.data))
			if virus != test.virus || kb.CodeOf(err) != test.code {
				t.Errorf("got %q, %v; want %q, %q", virus, err, test.virus, test.code)
			}
			if got := <-f.got; !bytes.Equal(got, test.data) {
				t.Errorf("clamd got %d bytes, want %d", len(got), len(test.data))
			}
		})
	}
}

// TestTooLarge: clamd answers in the middle of the stream and hangs up.
func TestTooLarge(t *testing.T) {
	f := start(t, "unix", 100_000, says("stream: OK\x00"))
	_, err := clamd(t, f.address, time.Minute).Scan(t.Context(), file(make([]byte, 150_000)))
	if kb.CodeOf(err) != kb.TooLarge {
		t.Errorf("got %v", err)
	}
}

func TestNobodyThere(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	free := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{"tcp://" + free, "unix://" + filepath.Join(t.TempDir(), "gone")} {
		if _, err := clamd(t, address, time.Minute).Scan(t.Context(), file(nil)); kb.CodeOf(err) != kb.Unavailable {
			t.Errorf("%s: got %v", address, err)
		}
	}
}

// TestSilence: a clamd that does not answer is waited for until the deadline, or until
// nobody wants the answer any more.
func TestSilence(t *testing.T) {
	held := make(chan struct{})
	f := start(t, "tcp", 10<<20, func([]byte) string { <-held; return "stream: OK\x00" })
	defer close(held)
	if _, err := clamd(t, f.address, 30*time.Millisecond).Scan(t.Context(), file(nil)); kb.CodeOf(err) != kb.Timeout {
		t.Errorf("at the deadline: got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	<-f.got
	go func() { <-f.got; cancel() }()
	if _, err := clamd(t, f.address, time.Minute).Scan(ctx, file(nil)); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v", err)
	}
}

// broken is a blob that cannot be read.
type broken struct{ kb.Blob }

func (broken) ReadAt([]byte, int64) (int, error) {
	return 0, kb.Errorf(kb.Damaged, kb.Text{NL: "stuk", EN: "broken"})
}

func TestBlobThatCannotBeRead(t *testing.T) {
	f := start(t, "tcp", 10<<20, says("stream: OK\x00"))
	if virus, err := clamd(t, f.address, time.Minute).Scan(t.Context(), broken{file([]byte("abc"))}); kb.CodeOf(err) != kb.Damaged {
		t.Errorf("got %q, %v", virus, err)
	}
}

func TestAddresses(t *testing.T) {
	for address, want := range map[string]string{
		"tcp://localhost:3310":        "tcp localhost:3310",
		"tcp://localhost":             "tcp localhost:3310",
		"tcp://[::1]":                 "tcp [::1]:3310",
		"tcp://[::1]:99":              "tcp [::1]:99",
		"unix:///run/clamav/clamd.so": "unix /run/clamav/clamd.so",
		"":                            "", "localhost:3310": "", "tcp://": "", "tcp://:3310": "", "unix://": "", "unix://run/x": "", "unix:run": "",
		"http://localhost": "", "tcp://a:b@localhost": "", "tcp://localhost/x": "", "tcp://local host": "", "tcp://localhost?x": "", "%": "",
	} {
		c, err := New(address, 0)
		if want == "" {
			if kb.CodeOf(err) != kb.Invalid {
				t.Errorf("%q: got %v, %v", address, c, err)
			}
			continue
		}
		if err != nil || c.network+" "+c.address != want || c.timeout != scanTimeout {
			t.Errorf("%q: got %+v, %v; want %s", address, c, err, want)
		}
	}
}

// FuzzParse: no answer is taken for clean but the one that says so.
func FuzzParse(f *testing.F) {
	for _, line := range []string{"stream: OK", "stream: X FOUND", "INSTREAM size limit exceeded. ERROR", "stream: x ERROR", "", "stream: ", "OK", "stream: OK FOUND", " FOUND"} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		virus, err := parse(line)
		if clean := virus == "" && err == nil; clean != (line == "stream: OK") {
			t.Errorf("%q: got %q, %v", line, virus, err)
		}
		if virus != "" && err != nil || len(virus) > 200 {
			t.Errorf("%q: got both %q and %v", line, virus, err)
		}
	})
}
