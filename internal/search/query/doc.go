// Package query reads what a person types into the search box.
//
// The invariant: every text is a valid query. What does not follow the grammar is
// read as words, nothing is ever an error, and the work is linear in a text that
// is cut off at MaxText bytes.
//
// # Grammar
//
//	query    = { operand | operator }
//	operand  = [ sign ] ( word | phrase | field )
//	sign     = "-" | "+"                               excluded, required
//	word     = anything up to a blank, a parenthesis or a quote
//	phrase   = quote { anything } quote
//	field    = name ":" ( word | phrase )
//	operator = "OF" | "OR"                             joins two operands
//	         | "NIET" | "NOT"                          excludes the next operand
//	         | "EN" | "AND"                            changes nothing
//
// Blanks are white space, control characters and parentheses, which mean nothing
// else. Operators are in capitals; one that has nothing to work on is a word, so
// that a query for the works council (OR) finds it. OF and OR do not join what is
// excluded.
//
// A sign belongs to what follows it at once. A hyphen inside a word is part of it
// (arbeidsmarkt-regio, 5-7), and so is one between numbers (5 -7) and one that
// stands for an omitted part (huur- en koopwoningen, regels en -kosten). Several
// signs in a row are no sign.
//
// Quotes are " “ ” „ ‟ « », all alike. Inside or after a word they are blanks, as
// is one without a partner. Single quotes ' ‘ ’ ‚ make a phrase of several words
// when both stand at the border of a word; otherwise they are apostrophes ('s
// avonds, foto's).
//
// What holds neither letter nor digit is skipped. At most MaxItems operands are
// read.
//
// # Fields
//
// Names are Dutch or English, in any case:
//
//	titel, title                               words in the title
//	thema, theme
//	regio, region                              a region of any kind
//	gemeente, municipality
//	provincie, province
//	arbeidsmarktregio
//	organisatie, organisation, organization
//	persoon, person, auteur, author
//	type, soort                                casus, publicatie, presentatie, les, in English too, and plurals
//	jaar, year                                 2019, 2019..2023, 2019-2023, 2019.., ..2023, >2019, >=2019, <2019, <=2019
//	taal, language                             nl, Nederlands, Dutch, …
//	samenwerking, collaboration                intern, regionaal, maatschappelijk, in English too
//
// Another name before a colon, or a value that the field does not have, is just
// words: http://example.org, 12:30, jaar:onbekend.
package query
