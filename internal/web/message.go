package web

import (
	"fmt"
	"maps"

	"leerkring/internal/kb"
)

// message is the key of a text of the pages.
type message string

// catalogue holds the texts of the pages, by key, in both languages.
type catalogue map[message]kb.Text

// in gives a message in a language; args fill its verbs, which come in the same
// order in both. Numbers are written as the language does. It panics for a key
// that is not there; the tests know all that are used.
func (c catalogue) in(l language, key message, args ...any) string {
	t, ok := c[key]
	if !ok {
		panic("web: no message " + string(key))
	}
	if len(args) == 0 {
		return t.In(string(l))
	}
	for i, a := range args {
		if n, ok := a.(int); ok {
			args[i] = l.number(n)
		}
	}
	return fmt.Sprintf(t.In(string(l)), args...)
}

// span writes a period: "2021 – 2023", "vanaf 2021", "tot en met 2023".
func (c catalogue) span(l language, from, to kb.Date) string {
	a, b := l.date(from), l.date(to)
	switch {
	case a == b:
		return a
	case b == "":
		return c.in(l, "span.from", a)
	case a == "":
		return c.in(l, "span.to", b)
	}
	return a + " – " + b
}

// has reports whether there is a message.
func (c catalogue) has(key message) bool {
	_, ok := c[key]
	return ok
}

func messages() catalogue {
	all := catalogue{}
	for _, part := range []catalogue{frameMessages(), searchMessages(), recordMessages(), partMessages(), valueMessages(), pageMessages(), accountMessages(), writingMessages(), reviewMessages(), eventMessages(), adminMessages(), columnMessages(), fileMessages()} {
		maps.Copy(all, part)
	}
	return all
}

func frameMessages() catalogue {
	return catalogue{
		"site.name":     {NL: "Leerkring", EN: "Leerkring"},
		"site.motto":    {NL: "Leren van elkaars praktijk", EN: "Learning from each other's practice"},
		"skip.main":     {NL: "Naar de inhoud", EN: "Skip to the content"},
		"nav.main":      {NL: "Hoofdmenu", EN: "Main menu"},
		"nav.search":    {NL: "Zoeken", EN: "Search"},
		"nav.themes":    {NL: "Thema's", EN: "Themes"},
		"nav.regions":   {NL: "Regio's", EN: "Regions"},
		"nav.circles":   {NL: "Leerkringen", EN: "Learning circles"},
		"nav.meetings":  {NL: "Bijeenkomsten", EN: "Meetings"},
		"nav.orgs":      {NL: "Organisaties", EN: "Organisations"},
		"nav.people":    {NL: "Personen", EN: "People"},
		"nav.questions": {NL: "Vraagstukken", EN: "Questions"},
		"nav.about":     {NL: "Over Leerkring", EN: "About Leerkring"},
		"nav.help":      {NL: "Hulp bij zoeken", EN: "Help with searching"},
		"nav.footer":    {NL: "Over deze site", EN: "About this site"},
		"nav.language":  {NL: "Taal", EN: "Language"},
		"language.nl":   {NL: "Nederlands", EN: "Nederlands"},
		"language.en":   {NL: "English", EN: "English"},
		"banner.demo":   {NL: "Dit is een voorbeeldcollectie. De casussen, personen en organisaties zijn verzonnen.", EN: "This is an example collection. The cases, people and organisations are made up."},
		"banner.status": {NL: "De zoekindex wordt bijgewerkt. Nieuw materiaal kan nog even ontbreken.", EN: "The search index is being updated. New material may be missing for a moment."},
		"page.next":     {NL: "Volgende", EN: "Next"},
		"page.previous": {NL: "Vorige", EN: "Previous"},
		"page.first":    {NL: "Eerste pagina", EN: "First page"},
		"page.nav":      {NL: "Bladeren door de resultaten", EN: "Pages of results"},
		"span.from":     {NL: "vanaf %s", EN: "from %s"},
		"span.to":       {NL: "tot en met %s", EN: "up to %s"},
	}
}

func searchMessages() catalogue {
	return catalogue{
		"search.title":         {NL: "Zoeken", EN: "Search"},
		"search.title.for":     {NL: "%s – zoeken", EN: "%s – search"},
		"search.label":         {NL: "Zoek in casussen, publicaties, presentaties en lessen", EN: "Search cases, publications, presentations and lessons"},
		"search.button":        {NL: "Zoeken", EN: "Search"},
		"card.more":            {NL: "en nog %s", EN: "and %s more"},
		"search.results":       {NL: "Resultaten", EN: "Results"},
		"search.none":          {NL: "Geen resultaten", EN: "No results"},
		"search.one":           {NL: "1 resultaat", EN: "1 result"},
		"search.many":          {NL: "%s resultaten", EN: "%s results"},
		"search.for":           {NL: "voor", EN: "for"},
		"search.filters":       {NL: "Filters", EN: "Filters"},
		"search.to.filters":    {NL: "Naar de filters", EN: "Go to the filters"},
		"search.chosen":        {NL: "Gekozen filters", EN: "Chosen filters"},
		"search.remove":        {NL: "Verwijder filter", EN: "Remove filter"},
		"search.clear":         {NL: "Alle filters wissen", EN: "Clear all filters"},
		"search.apply":         {NL: "Filters toepassen", EN: "Apply filters"},
		"search.more":          {NL: "Meer", EN: "More"},
		"search.sort":          {NL: "Volgorde", EN: "Order"},
		"search.sort.button":   {NL: "Sorteren", EN: "Sort"},
		"search.from":          {NL: "Van", EN: "From"},
		"search.to":            {NL: "Tot en met", EN: "Up to"},
		"search.years":         {NL: "Of kies één jaar", EN: "Or choose one year"},
		"search.hint":          {NL: "Gewone woorden zijn genoeg.", EN: "Plain words are enough."},
		"search.hint.more":     {NL: "Zo zoekt u preciezer", EN: "How to search more precisely"},
		"search.searched":      {NL: "Gezocht naar", EN: "Searched for"},
		"search.undo":          {NL: "Zoek toch naar", EN: "Search instead for"},
		"search.literal":       {NL: "U zoekt precies de woorden die u typte.", EN: "You search for exactly the words that you typed."},
		"search.loosen":        {NL: "Zoek ook naar woorden die erop lijken", EN: "Also search for words that look like them"},
		"search.meant":         {NL: "Bedoelde u", EN: "Did you mean"},
		"search.names":         {NL: "Maak de vraag smaller", EN: "Narrow the search"},
		"only.place":           {NL: "Alleen in %s", EN: "Only in %s"},
		"only.theme":           {NL: "Alleen thema %s", EN: "Only theme %s"},
		"only.other":           {NL: "Alleen %s", EN: "Only %s"},
		"explain.title":        {NL: "Waarom staat dit hier?", EN: "Why is this here?"},
		"explain.SUM":          {NL: "som van", EN: "sum of"},
		"explain.PRODUCT":      {NL: "product van", EN: "product of"},
		"factor.score":         {NL: "score", EN: "score"},
		"factor.weight":        {NL: "gewicht van het woord", EN: "weight of the word"},
		"factor.rarity":        {NL: "hoe zeldzaam het is", EN: "how rare it is"},
		"factor.saturation":    {NL: "hoe vaak het hier staat, gedempt", EN: "how often it stands here, damped"},
		"factor.occurrences":   {NL: "hoe vaak het hier staat, gewogen per veld", EN: "how often it stands here, weighted by field"},
		"factor.nearness":      {NL: "woorden staan dicht bij elkaar", EN: "words stand near each other"},
		"factor.freshness":     {NL: "kort geleden gepubliceerd", EN: "published not long ago"},
		"factor.lesson":        {NL: "is een geleerde les", EN: "is a lesson learned"},
		"suggest.label":        {NL: "Suggesties", EN: "Suggestions"},
		"suggest.one":          {NL: "1 suggestie. Kies met de pijltjes.", EN: "1 suggestion. Use the arrow keys."},
		"suggest.many":         {NL: "# suggesties. Kies met de pijltjes.", EN: "# suggestions. Use the arrow keys."},
		"suggest.QUERY":        {NL: "Zoekvraag", EN: "Search"},
		"suggest.THEME":        {NL: "Thema", EN: "Theme"},
		"suggest.REGION":       {NL: "Regio", EN: "Region"},
		"suggest.ORGANISATION": {NL: "Organisatie", EN: "Organisation"},
		"suggest.PERSON":       {NL: "Persoon", EN: "Person"},
		"sort.relevance":       {NL: "Beste antwoord eerst", EN: "Best answer first"},
		"sort.newest":          {NL: "Nieuwste eerst", EN: "Newest first"},
		"sort.oldest":          {NL: "Oudste eerst", EN: "Oldest first"},
		"sort.title":           {NL: "Op titel", EN: "By title"},
		"none.intro":           {NL: "We vonden niets dat bij uw vraag past. Dit kunt u proberen:", EN: "We found nothing that fits your question. You can try this:"},
		"none.spelling":        {NL: "Kijk of de woorden goed gespeld zijn.", EN: "Check the spelling of the words."},
		"none.fewer":           {NL: "Gebruik minder woorden, of andere woorden voor hetzelfde.", EN: "Use fewer words, or other words for the same thing."},
		"none.filters":         {NL: "Haal filters weg.", EN: "Remove filters."},
		"none.themes":          {NL: "Kijk bij de thema's", EN: "Look at the themes"},
		"none.all":             {NL: "Bekijk al het materiaal", EN: "See all material"},
		"notice.expired":       {NL: "De pagina met resultaten die u vroeg, is verlopen. U ziet nu weer de eerste pagina.", EN: "The page of results that you asked for has expired. You now see the first page again."},
		"notice.invalid":       {NL: "De pagina met resultaten die u vroeg, bestaat niet. U ziet nu de eerste pagina.", EN: "The page of results that you asked for does not exist. You now see the first page."},
		"facet.type":           {NL: "Soort", EN: "Kind"},
		"facet.theme":          {NL: "Thema", EN: "Theme"},
		"facet.province":       {NL: "Provincie", EN: "Province"},
		"facet.labour":         {NL: "Arbeidsmarktregio", EN: "Labour-market region"},
		"facet.municipality":   {NL: "Gemeente", EN: "Municipality"},
		"facet.organisation":   {NL: "Organisatie", EN: "Organisation"},
		"facet.collaboration":  {NL: "Samenwerking", EN: "Collaboration"},
		"facet.language":       {NL: "Taal", EN: "Language"},
		"facet.corop":          {NL: "COROP-gebied", EN: "COROP region"},
		"facet.person":         {NL: "Persoon", EN: "Person"},
		"facet.year":           {NL: "Jaar", EN: "Year"},
	}
}

// recordMessages are the labels of what is known of a record.
func recordMessages() catalogue {
	return catalogue{
		"record.facts":        {NL: "Gegevens", EN: "Details"},
		"record.material":     {NL: "Materiaal", EN: "Material"},
		"record.all":          {NL: "Bekijk alle %s", EN: "See all %s"},
		"record.none":         {NL: "Er is nog geen materiaal.", EN: "There is no material yet."},
		"fact.asker":          {NL: "Gevraagd door", EN: "Asked by"},
		"part.answer":         {NL: "Antwoord", EN: "Answer"},
		"part.answer.by":      {NL: "Antwoord van %s", EN: "Answer of %s"},
		"noun.theme":          {NL: "Thema", EN: "Theme"},
		"noun.organisation":   {NL: "Organisatie", EN: "Organisation"},
		"noun.person":         {NL: "Persoon", EN: "Person"},
		"noun.circle":         {NL: "Leerkring", EN: "Learning circle"},
		"noun.meeting":        {NL: "Bijeenkomst", EN: "Meeting"},
		"fact.also":           {NL: "Ook bekend als", EN: "Also known as"},
		"fact.authors":        {NL: "Auteurs", EN: "Authors"},
		"fact.broader":        {NL: "Valt onder", EN: "Part of"},
		"fact.capacity":       {NL: "Aantal plaatsen", EN: "Number of places"},
		"fact.circle":         {NL: "Leerkring", EN: "Learning circle"},
		"fact.city":           {NL: "Plaats", EN: "City"},
		"fact.code":           {NL: "CBS-code", EN: "CBS code"},
		"fact.collaboration":  {NL: "Samenwerking", EN: "Collaboration"},
		"fact.contacts":       {NL: "Meer weten? Vraag", EN: "Want to know more? Ask"},
		"fact.doi":            {NL: "DOI", EN: "DOI"},
		"fact.edition":        {NL: "Druk", EN: "Edition"},
		"fact.email":          {NL: "E-mail", EN: "E-mail"},
		"fact.ended":          {NL: "Opgeheven op", EN: "Ended on"},
		"fact.exists":         {NL: "Bestaat", EN: "Exists"},
		"fact.expertise":      {NL: "Weet veel van", EN: "Expertise"},
		"fact.facilitators":   {NL: "Begeleiders", EN: "Facilitators"},
		"fact.from":           {NL: "Geleerd van", EN: "Learned from"},
		"fact.function":       {NL: "Functie", EN: "Function"},
		"fact.given":          {NL: "Gegeven op", EN: "Given on"},
		"fact.host":           {NL: "Gastheer", EN: "Host"},
		"fact.isbn":           {NL: "ISBN", EN: "ISBN"},
		"fact.issued":         {NL: "Verschenen", EN: "Issued"},
		"fact.keywords":       {NL: "Trefwoorden", EN: "Keywords"},
		"fact.kind":           {NL: "Soort", EN: "Kind"},
		"fact.licence":        {NL: "Licentie", EN: "Licence"},
		"fact.meeting":        {NL: "Bijeenkomst", EN: "Meeting"},
		"fact.members":        {NL: "Leden", EN: "Members"},
		"fact.municipalities": {NL: "Gemeenten", EN: "Municipalities"},
		"fact.narrower":       {NL: "Onderwerpen hierbinnen", EN: "Themes within it"},
		"fact.number":         {NL: "Nummer", EN: "Number"},
		"fact.organisation":   {NL: "Organisatie", EN: "Organisation"},
		"fact.organisations":  {NL: "Organisaties", EN: "Organisations"},
		"fact.organisers":     {NL: "Organisatoren", EN: "Organisers"},
		"fact.outcome":        {NL: "Uitkomst", EN: "Outcome"},
		"fact.pages":          {NL: "Aantal bladzijden", EN: "Number of pages"},
		"fact.parents":        {NL: "Ligt in", EN: "Lies in"},
		"fact.participants":   {NL: "Deelnemers", EN: "Participants"},
		"fact.partners":       {NL: "Partners", EN: "Partners"},
		"fact.people":         {NL: "Personen", EN: "People"},
		"fact.period":         {NL: "Periode", EN: "Period"},
		"fact.phase":          {NL: "Fase", EN: "Phase"},
		"fact.phone":          {NL: "Telefoon", EN: "Phone"},
		"fact.pillar":         {NL: "Onderdeel", EN: "Part of the meeting"},
		"fact.population":     {NL: "Inwoners", EN: "Inhabitants"},
		"fact.publisher":      {NL: "Uitgever", EN: "Publisher"},
		"fact.region":         {NL: "Bestuurt", EN: "Governs"},
		"fact.regions":        {NL: "Regio's", EN: "Regions"},
		"fact.registration":   {NL: "Aanmelden", EN: "Registration"},
		"fact.relatedThemes":  {NL: "Verwante thema's", EN: "Related themes"},
		"fact.replaces":       {NL: "Vervangt", EN: "Replaces"},
		"fact.review":         {NL: "Wordt herzien op", EN: "Will be reviewed on"},
		"fact.series":         {NL: "Reeks", EN: "Series"},
		"fact.slides":         {NL: "Aantal dia's", EN: "Number of slides"},
		"fact.source":         {NL: "Bron", EN: "Source"},
		"fact.speakers":       {NL: "Sprekers", EN: "Speakers"},
		"fact.successor":      {NL: "Opgegaan in", EN: "Became part of"},
		"fact.synonyms":       {NL: "Andere woorden", EN: "Other words"},
		"fact.themes":         {NL: "Thema's", EN: "Themes"},
		"fact.updated":        {NL: "Laatst gewijzigd", EN: "Last changed"},
		"fact.venue":          {NL: "Locatie", EN: "Venue"},
		"fact.website":        {NL: "Website", EN: "Website"},
		"fact.when":           {NL: "Wanneer", EN: "When"},
	}
}

// partMessages are the headings of the parts of a record's text.
func partMessages() catalogue {
	return catalogue{
		"part.abstract":        {NL: "Samenvatting", EN: "Abstract"},
		"part.advice":          {NL: "Advies", EN: "Advice"},
		"part.alike":           {NL: "Lijkt hierop", EN: "Similar material"},
		"part.applies":         {NL: "Geldt voor", EN: "Applies to"},
		"part.approach":        {NL: "Aanpak", EN: "Approach"},
		"part.background":      {NL: "Aanleiding", EN: "Background"},
		"part.body":            {NL: "Tekst", EN: "Text"},
		"part.collaboration":   {NL: "Hoe er is samengewerkt", EN: "How the parties worked together"},
		"part.context":         {NL: "Situatie", EN: "Situation"},
		"part.explanation":     {NL: "Waarom het zo werkt", EN: "Why it is so"},
		"part.goal":            {NL: "Doel", EN: "Goal"},
		"part.indicators":      {NL: "Waaraan het resultaat is gemeten", EN: "How the results are measured"},
		"part.lessons":         {NL: "Wat we leerden", EN: "What we learned"},
		"part.meetings":        {NL: "Bijeenkomsten", EN: "Meetings"},
		"part.next":            {NL: "Hoe het verdergaat", EN: "What comes next"},
		"part.objective":       {NL: "Doel", EN: "Objective"},
		"part.obstacles":       {NL: "Wat in de weg stond", EN: "What stood in the way"},
		"part.outcomes":        {NL: "Opbrengst", EN: "Outcomes"},
		"part.programme":       {NL: "Programma", EN: "Programme"},
		"part.questions":       {NL: "Leervragen", EN: "Learning questions"},
		"part.quote":           {NL: "In de woorden van toen", EN: "In the words of the source"},
		"part.related":         {NL: "Hoort bij elkaar", EN: "Related material"},
		"part.resources":       {NL: "Geld, mensen en tijd", EN: "Money, people and time"},
		"part.results":         {NL: "Resultaat", EN: "Results"},
		"part.statement":       {NL: "De les", EN: "The lesson"},
		"part.success":         {NL: "Wat hielp", EN: "What helped"},
		"part.takeaways":       {NL: "Om te onthouden", EN: "To remember"},
		"part.transferability": {NL: "Wat anderen kunnen overnemen", EN: "What others can take over"},
	}
}

// valueMessages are the values of enumerations in words.
func valueMessages() catalogue {
	return catalogue{
		"kind.casus":                  {NL: "Casus", EN: "Case"},
		"kind.publicatie":             {NL: "Publicatie", EN: "Publication"},
		"kind.presentatie":            {NL: "Presentatie", EN: "Presentation"},
		"kind.les":                    {NL: "Geleerde les", EN: "Lesson learned"},
		"kinds.casus":                 {NL: "Casussen", EN: "Cases"},
		"kinds.publicatie":            {NL: "Publicaties", EN: "Publications"},
		"kinds.presentatie":           {NL: "Presentaties", EN: "Presentations"},
		"kinds.les":                   {NL: "Geleerde lessen", EN: "Lessons learned"},
		"about.casus":                 {NL: "Wat anderen samen deden, en wat het opleverde.", EN: "What others did together, and what came of it."},
		"about.publicatie":            {NL: "Rapporten, handreikingen en beleid.", EN: "Reports, guides and policy."},
		"about.presentatie":           {NL: "Wat experts lieten zien op een bijeenkomst.", EN: "What experts showed at a meeting."},
		"about.les":                   {NL: "Wat werkte, en wat niet.", EN: "What worked, and what did not."},
		"collaboration.intern":        {NL: "Binnen de organisatie", EN: "Within the organisation"},
		"collaboration.regionaal":     {NL: "Met buren in de regio", EN: "With neighbours in the region"},
		"collaboration.samenleving":   {NL: "Met inwoners, bedrijven en instellingen", EN: "With inhabitants, business and institutions"},
		"region.MUNICIPALITY":         {NL: "Gemeente", EN: "Municipality"},
		"region.PROVINCE":             {NL: "Provincie", EN: "Province"},
		"region.LABOUR_MARKET_REGION": {NL: "Arbeidsmarktregio", EN: "Labour-market region"},
		"region.COROP":                {NL: "COROP-gebied", EN: "COROP region"},
		"regions.gemeente":            {NL: "Gemeenten", EN: "Municipalities"},
		"regions.provincie":           {NL: "Provincies", EN: "Provinces"},
		"regions.arbeidsmarktregio":   {NL: "Arbeidsmarktregio's", EN: "Labour-market regions"},
		"regions.corop":               {NL: "COROP-gebieden", EN: "COROP regions"},
		"phase.EXPLORING":             {NL: "Verkenning", EN: "Exploring"},
		"phase.PREPARING":             {NL: "Voorbereiding", EN: "Preparing"},
		"phase.RUNNING":               {NL: "In uitvoering", EN: "Running"},
		"phase.FINISHED":              {NL: "Afgerond", EN: "Finished"},
		"phase.STOPPED":               {NL: "Gestopt", EN: "Stopped"},
		"outcome.WORKED":              {NL: "Het werkte", EN: "It worked"},
		"outcome.PARTLY":              {NL: "Het werkte voor een deel", EN: "It worked in part"},
		"outcome.DID_NOT":             {NL: "Het werkte niet", EN: "It did not work"},
		"pillar.UPDATES":              {NL: "Actualiteiten", EN: "Updates"},
		"pillar.PEER_CONSULTATION":    {NL: "Intervisie", EN: "Peer consultation"},
		"pillar.DEEP_DIVE":            {NL: "Verdieping", EN: "Deep dive"},
		"pillar.PROJECT_VISIT":        {NL: "Projectbezoek", EN: "Project visit"},
		"registration.PLANNED":        {NL: "Aanmelden kan nog niet", EN: "Not open yet"},
		"registration.OPEN":           {NL: "U kunt zich aanmelden", EN: "Open"},
		"registration.FULL":           {NL: "Alle plaatsen zijn bezet", EN: "Full"},
		"registration.CLOSED":         {NL: "Aanmelden kan niet meer", EN: "Closed"},
	}
}

func pageMessages() catalogue {
	return catalogue{
		"start.title":              {NL: "Leren van elkaars praktijk", EN: "Learning from each other's practice"},
		"start.intro":              {NL: "Collega's van gemeenten, provincies en regio's delen hier wat zij samen deden en wat zij leerden. Zoek op uw eigen vraag.", EN: "Colleagues of municipalities, provinces and regions share here what they did together and what they learned. Search with your own question."},
		"start.kinds":              {NL: "Wat u hier vindt", EN: "What you find here"},
		"start.newest":             {NL: "Nieuw toegevoegd", EN: "Newest"},
		"start.all":                {NL: "Bekijk al het materiaal", EN: "See all material"},
		"start.themes":             {NL: "Zoek per thema", EN: "Browse by theme"},
		"start.themes.all":         {NL: "Alle thema's", EN: "All themes"},
		"start.none":               {NL: "Er is nog geen materiaal. Een beheerder kan het toevoegen met de opdracht leerkring import.", EN: "There is no material yet. An operator can add it with the command leerkring import."},
		"list.total":               {NL: "%s in totaal", EN: "%s in total"},
		"list.none":                {NL: "Er staat nog niets in deze lijst.", EN: "There is nothing in this list yet."},
		"list.kinds":               {NL: "Soorten regio's", EN: "Kinds of regions"},
		"list.themes":              {NL: "Thema's", EN: "Themes"},
		"list.themes.about":        {NL: "Al het materiaal is geordend naar thema.", EN: "All material is ordered by theme."},
		"list.regions":             {NL: "Regio's", EN: "Regions"},
		"list.regions.about":       {NL: "Gemeenten, provincies, arbeidsmarktregio's en COROP-gebieden, met het materiaal dat erover gaat.", EN: "Municipalities, provinces, labour-market regions and COROP regions, with the material about them."},
		"list.regions.all":         {NL: "Alle regio's", EN: "All regions"},
		"list.organisations":       {NL: "Organisaties", EN: "Organisations"},
		"list.organisations.about": {NL: "Organisaties die hun ervaring delen.", EN: "Organisations that share their experience."},
		"list.people":              {NL: "Personen", EN: "People"},
		"list.people.about":        {NL: "Deelnemers en experts die in deze lijst willen staan.", EN: "Participants and experts who agreed to be listed."},
		"list.circles":             {NL: "Leerkringen", EN: "Learning circles"},
		"list.circles.about":       {NL: "In een leerkring leren professionals samen, in vier of vijf bijeenkomsten in één gaststad per keer.", EN: "In a learning circle professionals learn together, in four or five meetings in one host city each."},
		"list.questions":           {NL: "Vraagstukken", EN: "Questions"},
		"list.questions.about":     {NL: "Vragen die collega's aan elkaar stellen, met de antwoorden.", EN: "Questions that colleagues ask each other, with the answers."},
		"list.meetings":            {NL: "Bijeenkomsten", EN: "Meetings"},
		"list.meetings.about":      {NL: "Elke bijeenkomst heeft vier onderdelen: actualiteiten, intervisie, verdieping en een projectbezoek.", EN: "Each meeting has four parts: updates, peer consultation, a deep dive and a project visit."},
		"about.title":              {NL: "Over Leerkring", EN: "About Leerkring"},
		"help.title":               {NL: "Hulp bij zoeken", EN: "Help with searching"},
		"error.reference":          {NL: "Kenmerk:", EN: "Reference:"},
		"error.on":                 {NL: "Zo kunt u verder", EN: "How to go on"},
		"error.home":               {NL: "Naar de startpagina", EN: "Go to the start page"},
		"error.all":                {NL: "Bekijk al het materiaal", EN: "See all material"},
		"error.400.title":          {NL: "Deze vraag kunnen we niet lezen", EN: "We cannot read this request"},
		"error.400.text":           {NL: "Er klopt iets niet aan het adres of aan de zoekvraag.", EN: "Something is wrong with the address or the search."},
		"error.404.title":          {NL: "Deze pagina bestaat niet", EN: "This page does not exist"},
		"error.404.text":           {NL: "De pagina is verplaatst, weggehaald of niet openbaar. Misschien staat er een tikfout in het adres.", EN: "The page was moved, taken away or is not public. Perhaps there is a typing error in the address."},
		"error.405.title":          {NL: "Dit kan hier niet", EN: "This cannot be done here"},
		"error.405.text":           {NL: "Deze pagina kunt u alleen bekijken.", EN: "This page can only be viewed."},
		"error.413.title":          {NL: "Dit is te groot", EN: "This is too large"},
		"error.413.text":           {NL: "Er is niets van bewaard. Ga terug in uw browser en maak de tekst kleiner, of gebruik minder filters.", EN: "Nothing of it was kept. Go back in your browser and make the text smaller, or use fewer filters."},
		"error.414.title":          {NL: "Dit adres is te lang", EN: "This address is too long"},
		"error.414.text":           {NL: "Gebruik minder woorden of minder filters.", EN: "Use fewer words or fewer filters."},
		"error.500.title":          {NL: "Er ging bij ons iets mis", EN: "Something went wrong on our side"},
		"error.500.text":           {NL: "Probeer het nog eens. Blijft het misgaan? Geef dan het kenmerk hieronder door aan de beheerder.", EN: "Please try again. Does it keep going wrong? Then give the reference below to the operator."},
		"error.503.title":          {NL: "Leerkring is even niet bereikbaar", EN: "Leerkring is not available for a moment"},
		"error.503.text":           {NL: "We kunnen nu niet bij de gegevens. Probeer het over een minuut nog eens.", EN: "We cannot reach the data now. Please try again in a minute."},
	}
}
