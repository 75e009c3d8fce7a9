package web

import "leerkring/internal/kb"

// adminMessages are the texts of the pages of administrators, and of tables.
func adminMessages() catalogue {
	return catalogue{
		"account.app":           {NL: "programma", EN: "program"},
		"account.works":         {NL: "in gebruik", EN: "in use"},
		"account.invited":       {NL: "uitgenodigd", EN: "invited"},
		"account.disabled":      {NL: "uitgezet", EN: "disabled"},
		"account.disable":       {NL: "Account uitzetten", EN: "Disable the account"},
		"account.disable.about": {NL: "Wie is ingelogd, wordt uitgelogd. Wat deze persoon schreef, blijft.", EN: "Who is signed in is signed out. What this person wrote stays."},
		"account.enable":        {NL: "Account aanzetten", EN: "Enable the account"},
		"account.enable.about":  {NL: "Deze persoon kan dan weer inloggen.", EN: "This person can then sign in again."},
		"account.renew":         {NL: "Opnieuw uitnodigen", EN: "Invite again"},
		"account.renew.about":   {NL: "De vorige link werkt dan niet meer.", EN: "The link before then stops working."},
		"account.role":          {NL: "Rol wijzigen", EN: "Change the role"},
		"account.teams":         {NL: "Teams wijzigen", EN: "Change the teams"},
		"account.teams.about":   {NL: "Maak een team leeg om het weg te halen.", EN: "Empty a team to take it away."},
		"accounts.title":        {NL: "Accounts", EN: "Accounts"},
		"accounts.one":          {NL: "Account", EN: "Account"},
		"accounts.invite":       {NL: "Iemand uitnodigen", EN: "Invite someone"},
		"accounts.invite.about": {NL: "Wie wordt uitgenodigd, krijgt een link om een wachtwoord te kiezen.", EN: "Who is invited gets a link to choose a password."},
		"accounts.app":          {NL: "Programma toevoegen", EN: "Add a program"},
		"accounts.app.about":    {NL: "Een programma logt niet in, maar gebruikt een token.", EN: "A program does not sign in, but uses a token."},
		"accounts.link":         {NL: "Link van de uitnodiging", EN: "Link of the invitation"},
		"accounts.link.about":   {NL: "Er wordt hier geen mail verstuurd. Geef deze link zelf door. U ziet de link maar één keer.", EN: "No mail is sent here. Pass this link on yourself. You see the link only once."},
		"admin.teams":           {NL: "Uw teams", EN: "Your teams"},
		"admin.teams.none":      {NL: "U beheert geen team.", EN: "You keep no team."},
		"tokens.title":          {NL: "Tokens", EN: "Tokens"},
		"team.title":            {NL: "Team", EN: "Team"},
		"team.of":               {NL: "Team: %s", EN: "Team: %s"},
		"team.add":              {NL: "Iemand toevoegen", EN: "Add someone"},
		"team.add.about":        {NL: "Vul het adres in van iemand die al een account heeft.", EN: "Enter the address of someone who has an account already."},
		"team.remove":           {NL: "Weghalen", EN: "Take away"},
		"team.nobody":           {NL: "Er zit niemand in dit team.", EN: "Nobody is in this team."},
		"team.hidden":           {NL: "een team dat u niet mag zien", EN: "a team that you may not see"},
		"teamrole.ORGANISER":    {NL: "organisator", EN: "organiser"},
		"teamrole.FACILITATOR":  {NL: "begeleider", EN: "facilitator"},
		"teamrole.PARTICIPANT":  {NL: "deelnemer", EN: "participant"},
		"role.VISITOR":          {NL: "bezoeker", EN: "visitor"},
		"role.MEMBER":           {NL: "lid", EN: "member"},
		"role.EXPERT":           {NL: "expert", EN: "expert"},
		"role.EDITOR":           {NL: "redacteur", EN: "editor"},
		"role.ADMIN":            {NL: "beheerder", EN: "admin"},
		"scope.READ":            {NL: "lezen", EN: "reading"},
		"scope.WRITE":           {NL: "schrijven", EN: "writing"},
		"scope.REVIEW":          {NL: "redactie", EN: "reviewing"},
		"scope.ADMIN":           {NL: "beheer", EN: "administration"},

		"redirects.title":   {NL: "Doorverwijzingen", EN: "Redirects"},
		"redirects.about":   {NL: "Wie een oud adres opent, komt bij het nieuwe uit. Handig na een herindeling.", EN: "Who opens an old address comes to the new one. Useful after municipalities merged."},
		"redirects.new":     {NL: "Nieuwe doorverwijzing", EN: "New redirect"},
		"synonyms.title":    {NL: "Synoniemen", EN: "Synonyms"},
		"synonyms.about":    {NL: "Woorden die voor de zoekmachine hetzelfde betekenen.", EN: "Words that mean the same to the search."},
		"synonyms.new":      {NL: "Nieuwe synoniemen", EN: "New synonyms"},
		"synonyms.oneway":   {NL: "alleen van het eerste woord naar de andere", EN: "only from the first word to the others"},
		"synonyms.tried":    {NL: "%s: nu %s, dan %s resultaten", EN: "%s: %s results now, %s then"},
		"synonyms.same":     {NL: "In de eerste 20 verandert niets.", EN: "Nothing changes among the first 20."},
		"judgements.title":  {NL: "Oordelen over het zoeken", EN: "Judgements of the search"},
		"judgements.about":  {NL: "Zoekvragen met wat ze moeten vinden. Zo ziet u of het zoeken beter wordt.", EN: "Queries with what they must find. So you see whether the search gets better."},
		"judgements.new":    {NL: "Nieuwe lijst", EN: "New list"},
		"judgements.report": {NL: "Hoe goed zoekt het?", EN: "How well does it search?"},
		"judgements.means":  {NL: "Gevonden bij de eerste 10: %s. Gemiddelde plaats, omgekeerd (MRR): %s.", EN: "Found among the first 10: %s. Mean reciprocal rank (MRR): %s."},
		"judgements.grade":  {NL: "“%s” begint niet met een cijfer: 3, 2 of 1.", EN: "“%s” does not begin with a grade: 3, 2 or 1."},
		"audit.title":       {NL: "Wie deed wat", EN: "Who did what"},
		"statistics.title":  {NL: "Statistiek", EN: "Statistics"},
		"statistics.about":  {NL: "Van %s tot en met %s: %s keer iets geopend, %s keer gezocht, %s keer zonder resultaat.", EN: "From %s up to %s: opened %s times, searched %s times, %s times without a result."},
		"statistics.viewed": {NL: "Meest geopend", EN: "Opened most"},
		"statistics.asked":  {NL: "Meest gezocht", EN: "Searched for most"},
		"statistics.lost":   {NL: "Gezocht zonder resultaat", EN: "Searched for without a result"},
		"statistics.days":   {NL: "Per dag", EN: "By day"},
		"statistics.few":    {NL: "Nog niets. Een zoekvraag staat hier pas als die ten minste drie keer is gesteld.", EN: "Nothing yet. A query stands here once it was asked at least three times."},
		"done.kept":         {NL: "Opgeslagen.", EN: "Saved."},
		"done.invited":      {NL: "De uitnodiging is verstuurd.", EN: "The invitation was sent."},

		"table.parts": {NL: "Onderdelen", EN: "Parts"},
		"table.show":  {NL: "Tonen", EN: "Show"},
	}
}

// columnMessages are the headings of tables.
func columnMessages() catalogue {
	out := catalogue{}
	for key, t := range map[message][2]string{
		"browser": {"Browser", "Browser"}, "changed": {"Gewijzigd", "Changed"}, "count": {"Hoe vaak", "How often"}, "day": {"Dag", "Day"}, "do": {"Doen", "Do"},
		"email": {"E-mailadres", "E-mail address"}, "fields": {"Velden", "Fields"}, "from": {"Van", "From"}, "hint": {"Begint met", "Begins with"}, "kind": {"Soort", "Kind"},
		"name": {"Naam", "Name"}, "note": {"Toelichting", "Note"}, "places": {"Plaatsen", "Places"}, "queries": {"Zoekvragen", "Queries"}, "query": {"Zoekvraag", "Query"},
		"recall": {"Gevonden", "Found"}, "record": {"Waarover", "About"}, "reviewer": {"Redacteur", "Editor"}, "role": {"Rol", "Role"}, "scopes": {"Waarvoor", "What for"},
		"searches": {"Zoekvragen", "Searches"}, "since": {"Sinds", "Since"}, "status": {"Status", "Status"}, "submitted": {"Wanneer", "When"}, "teams": {"Teams", "Teams"},
		"title": {"Titel", "Title"}, "to": {"Naar", "To"}, "until": {"Tot", "Until"}, "value": {"Gegeven", "Value"}, "version": {"Versie", "Version"}, "views": {"Geopend", "Opened"},
		"what": {"Wat", "What"}, "when": {"Wanneer", "When"}, "who": {"Wie", "Who"}, "without": {"Zonder resultaat", "Without result"}, "words": {"Woorden", "Words"},
	} {
		out["col."+key] = kb.Text{NL: t[0], EN: t[1]}
	}
	return out
}
