package mail

import (
	"html/template"
	"io"
	"net/mail"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"leerkring/internal/kb"
)

// page is a letter as HTML; the template sees to it that text stays text.
const page = `<!doctype html>
<html lang="{{.Language}}"><head><meta charset="utf-8"><title>{{.Subject}}</title></head>
<body style="font-family: sans-serif; line-height: 1.5; max-width: 40em">
{{range .Parts}}<p>{{range $i, $line := lines .Text}}{{if $i}}<br>{{end}}{{$line}}{{end}}{{if .Link}}{{if .Text}}<br>{{end}}<a href="{{.Link}}">{{.Label}}</a>{{end}}</p>
{{end}}</body></html>
`

// write writes a letter as a message (RFC 5322): plain text and HTML that say the
// same. Nothing in a letter can add a header or another part.
func (s Server) write(w io.Writer, l *kb.Letter, at time.Time) error {
	m := gomail.NewMsg()
	m.FromMailAddress(s.from)
	m.ToMailAddress(&mail.Address{Name: oneLine(l.Name), Address: l.To})
	m.Subject(oneLine(l.Subject))
	m.SetDateWithValue(at)
	m.SetMessageIDWithValue(string(l.ID) + "@" + s.domain())
	m.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no answers by machines
	if err := stoppable(m, l.Stop); err != nil {
		return err
	}
	var html strings.Builder
	t, err := template.New("letter").Funcs(template.FuncMap{"lines": lines}).Parse(page)
	if err != nil {
		return err
	}
	if err := t.Execute(&html, l); err != nil {
		return err
	}
	m.SetBodyString(gomail.TypeTextPlain, plain(l))
	m.AddAlternativeString(gomail.TypeTextHTML, html.String())
	_, err = m.WriteTo(w)
	return err
}

// stoppable adds the address that ends such mails: by one click of the mail
// program where it is https, as RFC 8058 asks.
func stoppable(m *gomail.Msg, stop string) error {
	if strings.HasPrefix(stop, "https://") {
		return m.SetListUnsubscribeOneClick(stop)
	}
	if stop != "" {
		m.SetListUnsubscribe(stop)
	}
	return nil
}

// plain is the letter as text.
func plain(l *kb.Letter) string {
	var b strings.Builder
	for i, p := range l.Parts {
		if i > 0 {
			b.WriteString("\n")
		}
		for _, line := range lines(p.Text) {
			b.WriteString(line + "\n")
		}
		if p.Link != "" {
			b.WriteString(oneLine(p.Label) + ": " + p.Link + "\n")
		}
	}
	return b.String()
}

// lines splits a text into lines without signs that steer.
func lines(text string) []string {
	if text == "" {
		return nil
	}
	split := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i, line := range split {
		split[i] = oneLine(line)
	}
	return split
}

// oneLine makes a text that can stand in a header: every run of blanks, ends of
// lines and signs that steer is one space.
func oneLine(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToValidUTF8(text, ""), func(r rune) bool {
		return r <= ' ' || r >= 0x7f && r <= 0xa0 || r == 0x2028 || r == 0x2029
	}), " ")
}

func (s Server) domain() string {
	_, domain, _ := strings.Cut(s.from.Address, "@")
	return domain
}
