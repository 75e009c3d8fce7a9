package picture

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"leerkring/internal/extract/format"
)

// Programs are what this machine has beside us. The empty name is a program that is
// not there.
type Programs struct {
	Tesseract string // recognises text in pictures; Debian: tesseract-ocr-nld
	Soffice   string // draws documents of an office; Debian: libreoffice-impress
	// Languages are what Tesseract knows of Dutch and English, like nld+eng.
	Languages string
}

// Find looks for the programs on the path.
func Find(ctx context.Context) Programs {
	var p Programs
	if name, err := exec.LookPath("tesseract"); err == nil {
		if p.Languages = languages(ctx, name); p.Languages != "" {
			p.Tesseract = name
		}
	}
	if name, err := exec.LookPath("soffice"); err == nil {
		p.Soffice = name
	}
	return p
}

// languages asks Tesseract which of our languages it knows, Dutch first.
func languages(ctx context.Context, tesseract string) string {
	out, err := exec.CommandContext(ctx, tesseract, "--list-langs").Output()
	if err != nil {
		return ""
	}
	known := strings.Fields(string(out))
	ours := slices.DeleteFunc([]string{"nld", "eng"}, func(l string) bool { return !slices.Contains(known, l) })
	return strings.Join(ours, "+")
}

// maxText is how much text one picture may give, in bytes.
const maxText = 1 << 20

// Recognise gives the text in a picture, PNG, in lines.
func (p Programs) Recognise(ctx context.Context, picture []byte) (string, error) {
	cmd := command(ctx, p.Tesseract, "stdin", "stdout", "-l", p.Languages, "--psm", "3")
	cmd.Env = append(cmd.Env, "OMP_THREAD_LIMIT=1")
	cmd.Stdin = bytes.NewReader(picture)
	out := &bounded{most: maxText}
	cmd.Stdout = out
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("tesseract: %w", err)
	}
	return strings.TrimSpace(strings.ToValidUTF8(strings.ReplaceAll(out.String(), "\f", "\n"), "")), nil
}

// maxPDF is how large the drawing of a document may be, in bytes.
const maxPDF = 200 << 20

// PDF draws a document of an office as PDF, hidden slides too, so that slides and pages
// have the same numbers. extension is that of the format, without a dot. Links in the
// document are not followed, and its macros not run. The error is that of the program.
func (p Programs) PDF(ctx context.Context, in format.Input, extension string) ([]byte, error) {
	dir, err := os.MkdirTemp("", "leerkring-draw-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	name := filepath.Join(dir, "document."+extension)
	if err := errors.Join(write(name, io.NewSectionReader(in, 0, in.Size)), profile(dir)); err != nil {
		return nil, err
	}
	to := "pdf"
	if extension == format.PPTX || extension == format.ODP {
		to = `pdf:impress_pdf_Export:{"ExportHiddenSlides":{"type":"boolean","value":"true"}}`
	}
	cmd := command(ctx, p.Soffice, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--norestore", "--nolockcheck", "--nodefault", "--convert-to", to, "--outdir", dir, name)
	cmd.Env = append(cmd.Env, "HOME="+dir, "TMPDIR="+dir)
	said := &bounded{most: 4_000}
	cmd.Stdout, cmd.Stderr = said, said
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("soffice: %w: %s", err, said)
	}
	f, err := os.Open(filepath.Join(dir, "document.pdf"))
	if err != nil {
		return nil, fmt.Errorf("soffice made no PDF: %s", said)
	}
	drawn, err := io.ReadAll(io.LimitReader(f, maxPDF+1))
	if err == nil && len(drawn) > maxPDF {
		err = errors.New("soffice made a PDF that is too large")
	}
	return drawn, errors.Join(err, f.Close())
}

// settings are those of LibreOffice: it follows no link that a document names and runs
// no macro.
const settings = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
`

// profile writes the settings of LibreOffice into a folder.
func profile(dir string) error {
	user := filepath.Join(dir, "profile", "user")
	if err := os.MkdirAll(user, 0o700); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(user, "registrymodifications.xcu"), []byte(settings), 0o600)
}

func write(name string, r io.Reader) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, r)
	return errors.Join(err, f.Close())
}

// command makes a program that is told nothing of ours. It stays in the group of
// processes of this one, which is killed as a whole at a deadline: soffice starts others.
func command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = []string{"PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C.UTF-8"}
	cmd.WaitDelay = time.Second
	return cmd
}

// bounded keeps the first bytes of what is written to it.
type bounded struct {
	bytes.Buffer
	most int
}

// Write takes everything, and keeps what there is room for.
func (b *bounded) Write(p []byte) (int, error) {
	_, err := b.Buffer.Write(p[:max(0, min(len(p), b.most-b.Len()))])
	return len(p), err
}
