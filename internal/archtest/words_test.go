package archtest

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// word is what must not stand in the repository. Each pattern is written so that
// it does not match itself.
type word struct {
	pattern *regexp.Regexp
	why     string
}

func words() []word {
	return []word{
		{regexp.MustCompile(`(?:^|[^\w.)}])/(?:[w]ork|[r]oot|[h]ome/\w+)/`), "a path of one machine"},
		{regexp.MustCompile(`(?i)registry\.[n]pmjs|proxy\.[g]olang\.org|sum\.[g]olang\.org|deb\.[d]ebian\.org|[G]OPROXY=|[n]pm_config_`), "where packages come from is for each machine to say"},
		{regexp.MustCompile(`\b(?:[F]ACTS|[S]TYLE|[D]ESIGN)\.md\b`), "a page that is not in the repository"},
		{regexp.MustCompile(`(?i)\b(?:[c]oding|[a]i|helper|sub)[- ]?(?:[a]gents?|[a]ssistants?)\b|\blanguage [m]odels?\b|\bco-[a]uthored-by:`), "how it was written is not part of what it is"},
		{regexp.MustCompile(`(?i)\b(?:previous|next|this|earlier|later) [w]orking session\b|\b[i]n (?:this|a later|an earlier) session\b`), "write what is, not when it was done"},
		{regexp.MustCompile(`(?:^|\W)(?:[T]ODO|[F]IXME|[X]XX)\b[:( ]`), "an issue is where open work stands"},
	}
}

func TestWords(t *testing.T) {
	for name, text := range files(t) {
		if !generatedHeader.Match(text) {
			must(t, checkWords(name, text))
		}
	}
}

func TestWordsComplain(t *testing.T) {
	for text, want := range map[string]string{
		"see /" + "work/shared/x":                "x.md:2: a path of one machine",
		"see /" + "home/jan/x":                   "x.md:2: a path of one machine",
		"https://registry." + "npmjs.org":        "where packages come from",
		"as FACTS" + ".md says":                  "a page that is not in the repository",
		"written by a coding a" + "gent":         "how it was written",
		"to be done in a later s" + "ession":     "write what is",
		"// TO" + "DO: mend":                     "an issue is where",
		"a network/work/plan, https://x.nl/work": "",
		"the session of a reader":                "",
	} {
		got := strings.Join(checkWords("x.md", []byte("first\n"+text)), "\n")
		if want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%q: says %q, not %q", text, got, want)
		}
	}
}

func checkWords(name string, text []byte) []string {
	var out []string
	for _, w := range words() {
		for _, at := range w.pattern.FindAllIndex(text, -1) {
			line := 1 + bytes.Count(text[:at[1]-1], []byte("\n"))
			out = append(out, fmt.Sprintf("%s:%d: %s: %q", name, line, w.why, text[at[0]:at[1]]))
		}
	}
	return out
}

// files gives the text files of the repository: what git knows and what it would
// take in.
func files(t *testing.T) map[string][]byte {
	t.Helper()
	list := exec.Command("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	list.Dir = "../.."
	names, err := list.Output()
	if err != nil {
		missing(t, "git does not list the files: "+err.Error())
	}
	out := map[string][]byte{}
	for name := range strings.SplitSeq(strings.TrimRight(string(names), "\x00"), "\x00") {
		text, err := os.ReadFile(filepath.Join("../..", filepath.FromSlash(name)))
		if os.IsNotExist(err) {
			continue // removed, and git does not know yet
		}
		if err != nil {
			t.Fatal(err)
		}
		if path.Base(name) != "go.sum" && !bytes.Contains(text, []byte{0}) {
			out[name] = text
		}
	}
	if len(out) < 100 {
		t.Fatalf("only %d files: this is not the repository", len(out))
	}
	return out
}

// missing skips a test for want of a tool; where all tools must be there it fails.
func missing(t *testing.T, reason string) {
	t.Helper()
	if os.Getenv("LEERKRING_REQUIRE_TOOLS") == "1" {
		t.Fatal(reason)
	}
	t.Skip(reason)
}
