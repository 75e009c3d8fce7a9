package graph

import (
	"context"

	"golang.org/x/text/language"

	"leerkring/internal/kb"
)

type languageKey struct{}

// WithLanguage sets the language of labels and messages: "nl" or "en". A request
// over HTTP without it goes by its Accept-Language.
func WithLanguage(ctx context.Context, lang string) context.Context {
	return context.WithValue(ctx, languageKey{}, lang)
}

// languageOf gives the language of ctx; Dutch when none was set.
func languageOf(ctx context.Context) string {
	if lang, ok := ctx.Value(languageKey{}).(string); ok && lang != "" {
		return lang
	}
	return "nl"
}

// preferredLanguage reads Accept-Language: Dutch unless English, the second of
// the languages, is preferred.
func preferredLanguage(languages language.Matcher, header string) string {
	if _, i := language.MatchStrings(languages, header); i == 1 {
		return "en"
	}
	return "nl"
}

// languageName names the language of a text; a tag that is not known names itself.
func languageName(tag string) kb.Text {
	names := map[string]kb.Text{
		"nl":  {NL: "Nederlands", EN: "Dutch"},
		"en":  {NL: "Engels", EN: "English"},
		"de":  {NL: "Duits", EN: "German"},
		"fr":  {NL: "Frans", EN: "French"},
		"fy":  {NL: "Fries", EN: "Frisian"},
		"pap": {NL: "Papiaments", EN: "Papiamento"},
		"es":  {NL: "Spaans", EN: "Spanish"},
	}
	if t, ok := names[tag]; ok {
		return t
	}
	return kb.Text{NL: tag, EN: tag}
}
