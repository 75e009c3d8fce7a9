package kb

// pathSegment is the first part of the address of records of a kind, in Dutch;
// empty for a kind without pages.
func pathSegment(k Kind) string {
	switch k {
	case KindCase:
		return "casus"
	case KindPublication:
		return "publicatie"
	case KindPresentation:
		return "presentatie"
	case KindLesson:
		return "les"
	case KindTheme:
		return "thema"
	case KindRegion:
		return "regio"
	case KindOrganisation:
		return "organisatie"
	case KindPerson:
		return "persoon"
	case KindLearningCircle:
		return "leerkring"
	case KindMeeting:
		return "bijeenkomst"
	case KindQuestion:
		return "vraagstuk"
	}
	return ""
}

// HasPage reports whether records of a kind have a page of their own.
func HasPage(k Kind) bool { return pathSegment(k) != "" }

// Path is the address of an entity's page below the site's own, like "/casus/x";
// empty for a kind without a page.
func Path(e Entity) string {
	segment := pathSegment(e.Kind())
	if segment == "" {
		return ""
	}
	return "/" + segment + "/" + e.Base().Slug
}
