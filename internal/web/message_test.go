package web

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"leerkring/internal/kb"
	"leerkring/internal/web/operations"
)

// composed are the messages whose key is put together from a value, with all values.
func composed() map[string][]string {
	out := map[string][]string{
		"kind.": {"casus", "publicatie", "presentatie", "les"}, "kinds.": {"casus", "publicatie", "presentatie", "les"}, "about.": {"casus", "publicatie", "presentatie", "les"},
		"collaboration.": {"intern", "regionaal", "samenleving"}, "regions.": {"gemeente", "provincie", "arbeidsmarktregio", "corop"},
		"language.": {"nl", "en"}, "error.": nil,
	}
	for _, status := range []string{"400", "401", "403", "404", "405", "409", "413", "414", "415", "500", "503"} {
		out["error."] = append(out["error."], status+".title", status+".text")
	}
	for _, name := range []string{"about", "help"} {
		out[name+".title"] = []string{""}
	}
	out["action."] = []string{"SEE_HISTORY"}
	for _, a := range recordActions() {
		out["action."] = append(out["action."], string(a.ability), string(a.ability)+".about")
		out["done."] = append(out["done."], a.word)
	}
	for _, purpose := range secretPaths() {
		out["ticket."] = append(out["ticket."], string(purpose)+".title", string(purpose)+".intro")
	}
	out["status."] = []string{"DRAFT", "IN_REVIEW", "PUBLISHED", "WITHDRAWN"}
	for _, key := range []string{"account.enable", "account.disable", "consent.give", "consent.withdraw", "token.shown", "accounts.link"} {
		out[key+".about"] = []string{""}
	}
	out["event."] = words(operations.AllEventType)
	out["role."] = words(operations.AllRole)
	out["teamrole."] = words(operations.AllTeamRole)
	out["scope."] = words(operations.AllScope)
	out["mails."] = words(operations.AllMailMode)
	out["queue."] = words(operations.AllReviewQueuePart)
	out["visible."] = words(operations.AllVisibility)
	out["region."] = words(operations.AllRegionKind)
	out["phase."] = words(operations.AllCasePhase)
	out["factor."] = []string{"score", "weight", "rarity", "saturation", "occurrences", "nearness", "freshness", "lesson"}
	out["explain."] = words(operations.AllExplanationKind)
	out["suggest."] = slices.DeleteFunc(words(operations.AllSuggestionKind), func(kind string) bool {
		return kind == string(operations.SuggestionKindMaterial) // named by its own kind
	})
	out["outcome."] = words(operations.AllOutcome)
	out["file.one."], out["file.many."] = words(operations.AllPageUnit), words(operations.AllPageUnit)
	out["finding."] = words(operations.AllSeverity)
	for _, sure := range []float64{0, 0.6, 0.9} {
		out[string(sureness(sure))] = []string{""}
	}
	out["pillar."] = words(operations.AllPillar)
	out["registration."] = words(operations.AllRegistration)
	return out
}

func words[E ~string](all []E) []string {
	out := make([]string, len(all))
	for i, e := range all {
		out[i] = string(e)
	}
	return out
}

// TestMessages: every message that the pages use is there, every one that is there
// is used, and both languages say the same with the same verbs.
func TestMessages(t *testing.T) {
	used := map[message]bool{}
	for prefix, values := range composed() {
		for _, v := range values {
			used[message(prefix+v)] = true
		}
	}
	for key := range inTemplates(t) {
		used[key] = true
	}
	for key := range inGo(t) {
		used[key] = true
	}
	all := messages()
	for key := range used {
		if _, ok := all[key]; !ok {
			t.Errorf("no message %q", key)
		}
	}
	verb := regexp.MustCompile(`%[a-z]`)
	for key, text := range all {
		if !used[key] {
			t.Errorf("message %q is not used", key)
		}
		if strings.TrimSpace(text.NL) == "" || strings.TrimSpace(text.EN) == "" {
			t.Errorf("message %q is empty in a language", key)
		}
		if !slices.Equal(verb.FindAllString(text.NL, -1), verb.FindAllString(text.EN, -1)) {
			t.Errorf("message %q has other verbs in another language", key)
		}
	}
}

func inTemplates(t *testing.T) map[message]bool {
	t.Helper()
	quoted := regexp.MustCompile(`(?:\.T|\.Item "[^"]*") "([^"]+)"`)
	out := map[message]bool{}
	names, err := fs.Glob(files, "templates/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		content, err := files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range quoted.FindAllStringSubmatch(string(content), -1) {
			out[message(m[1])] = true
		}
	}
	return out
}

// inGo gives the strings of the package's own source that look like keys, but for
// the catalogue itself.
func inGo(t *testing.T) map[message]bool {
	t.Helper()
	key := regexp.MustCompile(`^[a-z]+\.[a-zA-Z.]*[a-zA-Z]$`)
	out := map[message]bool{}
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		name := e.Name()
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "message") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if s, err := strconv.Unquote(lit.Value); err == nil && key.MatchString(s) {
					out[message(s)] = true
				}
			}
			return true
		})
	}
	return out
}

// TestEveryKindHasItsPage: the addresses that the domain gives are those that are served.
func TestEveryKindHasItsPage(t *testing.T) {
	served := map[string]bool{}
	for _, kind := range []kb.Kind{
		kb.KindCase, kb.KindPublication, kb.KindPresentation, kb.KindLesson, kb.KindTheme, kb.KindRegion,
		kb.KindOrganisation, kb.KindPerson, kb.KindLearningCircle, kb.KindMeeting, kb.KindQuestion,
	} {
		e, ok := kb.New(kind)
		if !ok {
			t.Fatal(kind)
		}
		e.Base().Slug = "x"
		segment := strings.TrimSuffix(strings.TrimPrefix(kb.Path(e), "/"), "/x")
		if records()[segment] == nil {
			t.Errorf("%s has no page under %q", kind, segment)
		}
		served[segment] = true
	}
	if len(served) != len(records()) {
		t.Errorf("%d addresses for %d pages", len(served), len(records()))
	}
}
