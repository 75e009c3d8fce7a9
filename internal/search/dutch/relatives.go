package dutch

// Relatives gives the terms of words of the same family as a word (duurzaam:
// duurzaamheid, verduurzamen), those that the word list knows.
func (a *Analyzer) Relatives(string) []string { return nil }
