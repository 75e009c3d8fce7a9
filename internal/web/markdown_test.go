package web

import (
	"strings"
	"testing"
	"time"
)

func TestMarkdown(t *testing.T) {
	m := newMarkdown()
	for in, want := range map[string]string{
		"":                                  "",
		"gewoon **vet** _schuin_ ~~weg~~":   "<p>gewoon <strong>vet</strong> <em>schuin</em> <del>weg</del></p>\n",
		"# a\n\n#### b\n\n## c":             "<h3>a</h3>\n<h4>b</h4>\n<h4>c</h4>\n",
		"##dicht\n\n#hashtag":               "<h3>dicht</h3>\n<p>#hashtag</p>\n",
		"|a|\n|-|\n|1|":                     "<table tabindex=\"0\">\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n</tr>\n</tbody>\n</table>\n",
		"###### diep":                       "<h3>diep</h3>\n",
		"<b>x</b> a<br>b<br/>c<brand>d":     "<p>x a<br>\nb<br>\ncd</p>\n",
		"<script>alert(1)</script>":         "<p>alert(1)</p>\n",
		"![foto van *een* huis](https://a)": "<p>foto van een huis</p>\n",
		"[a](https://a.example/ \"titel\")": `<p><a href="https://a.example/" rel="nofollow noopener noreferrer">a</a></p>` + "\n",
		"[a](/casus/b)":                     `<p><a href="/casus/b" rel="nofollow noopener noreferrer">a</a></p>` + "\n",
		"[a](javascript:alert(1))":          `<p><a rel="nofollow noopener noreferrer">a</a></p>` + "\n",
		"[a](data:text/html,x)":             `<p><a rel="nofollow noopener noreferrer">a</a></p>` + "\n",
		"<https://a.example>":               `<p><a href="https://a.example" rel="nofollow noopener noreferrer">https://a.example</a></p>` + "\n",
		"zie https://a.example/x.":          `<p>zie <a href="https://a.example/x" rel="nofollow noopener noreferrer">https://a.example/x</a>.</p>` + "\n",
		"3. drie\n4. vier":                  "<ol start=\"3\">\n<li>drie</li>\n<li>vier</li>\n</ol>\n",
		"```\n<b>\n```":                     "<pre><code>&lt;b&gt;\n</code></pre>\n",
		"    vier spaties":                  "<p>vier spaties</p>\n",
	} {
		if got := string(m.html(in)); got != want {
			t.Errorf("%q became\n%q, want\n%q", in, got, want)
		}
	}
}

// TestMarkdownStaysQuick: goldmark takes time in the square of the marks of one
// block (400,000 bytes of "*a_" took 162 seconds), so those are counted first. What is left takes
// well under a second; the bound leaves room for a busy machine.
func TestMarkdownStaysQuick(t *testing.T) {
	m := newMarkdown()
	for _, bad := range []string{"[", "![", "*a_", "<", "`", "> ", "- ", "[a](", "|a", "\\", "&#", "www.", "**a*", "![[]()", "a@", "~~a~", "a\n", "1. ", "[a]: b\n", "\t", " - a\n  "} {
		for _, block := range []int{maxRendered, 1_000} {
			var source strings.Builder
			for source.Len() < maxRendered-block-2 {
				source.WriteString(strings.Repeat(bad, block/len(bad)) + "\n\n")
			}
			begin := time.Now()
			m.html(source.String())
			if took := time.Since(begin); took > 20*time.Second {
				t.Errorf("%d bytes of %q in blocks of %d took %v", source.Len(), bad, block, took)
			}
		}
	}
}

func TestTextOverTheLimitIsShownPlain(t *testing.T) {
	long := strings.Repeat("<b>woord</b> ", maxRendered/10) + "\n\n*slot*"
	got := string(newMarkdown().html(long))
	if !strings.HasPrefix(got, "<p>&lt;b&gt;woord") || !strings.HasSuffix(got, "<p>*slot*</p>\n") {
		t.Errorf("became %.80q … %q", got, got[len(got)-40:])
	}
}

func FuzzMarkdown(f *testing.F) {
	m := newMarkdown()
	for _, seed := range []string{"# a\n<script>", "[x](javascript:y)", "![a](b)<img src=x onerror=y>", "<a href='x' onclick=y>", "|a|\n|-|\n|<svg/onload=x>|"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		got := strings.ToLower(string(m.html(source)))
		for _, tag := range []string{"<script", "<img", "<iframe", "<style", "<svg", "<h1", "<h2", "<form", "<input", `href="javascript`, `href="data`} {
			if strings.Contains(got, tag) {
				t.Errorf("%q became %q", source, got)
			}
		}
	})
}
