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
	switch tag {
	case "nl":
		return kb.Text{NL: "Nederlands", EN: "Dutch"}
	case "en":
		return kb.Text{NL: "Engels", EN: "English"}
	case "de":
		return kb.Text{NL: "Duits", EN: "German"}
	case "fr":
		return kb.Text{NL: "Frans", EN: "French"}
	case "fy":
		return kb.Text{NL: "Fries", EN: "Frisian"}
	case "pap":
		return kb.Text{NL: "Papiaments", EN: "Papiamento"}
	case "es":
		return kb.Text{NL: "Spaans", EN: "Spanish"}
	}
	return kb.Text{NL: tag, EN: tag}
}
