package kb

// pathSegments are the first parts of the addresses of records, in Dutch.
func pathSegments() map[Kind]string {
	return map[Kind]string{
		KindCase: "casus", KindPublication: "publicatie", KindPresentation: "presentatie", KindLesson: "les",
		KindTheme: "thema", KindRegion: "regio", KindOrganisation: "organisatie", KindPerson: "persoon",
		KindLearningCircle: "leerkring", KindMeeting: "bijeenkomst",
	}
}

// Path is the address of an entity's page below the site's own, like "/casus/x";
// empty for a kind without a page.
func Path(e Entity) string {
	segment, ok := pathSegments()[e.Kind()]
	if !ok {
		return ""
	}
	return "/" + segment + "/" + e.Base().Slug
}
