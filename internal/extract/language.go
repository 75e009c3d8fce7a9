package extract

import (
	"strings"

	"github.com/abadojack/whatlanggo"

	"leerkring/internal/kb"
)

const (
	languageLeast = 200    // bytes of text: less says too little
	languageMost  = 20_000 // bytes that are looked at
)

// language guesses the language of a reading from its text, which is right more often
// than what documents say of themselves. Empty when there is too little text.
func language(r *kb.Reading) string {
	var text strings.Builder
	for _, p := range r.Pages {
		if text.Len() < languageMost {
			text.WriteString(clip(p.Text, languageMost-text.Len()))
			text.WriteByte('\n')
		}
	}
	if text.Len() < languageLeast {
		return ""
	}
	only := map[whatlanggo.Lang]bool{whatlanggo.Nld: true, whatlanggo.Eng: true, whatlanggo.Deu: true, whatlanggo.Fra: true, whatlanggo.Afr: true}
	return whatlanggo.DetectLangWithOptions(text.String(), whatlanggo.Options{Whitelist: only}).Iso6391()
}
