package main

import (
	"maps"

	"leerkring/internal/kb"
)

func description() kb.Text {
	return kb.Text{
		NL: "Leerkring, de kennisbank van een leergemeenschap. Exitcodes: 0 goed, 1 mislukt, 2 onjuist gebruik, 3 sommige regels geweigerd, of check vond iets ernstigs, " +
			"4 verify vond verschillen, 5 map of adres in gebruik, 6 schijf vol of alleen-lezen, 7 opslag niet bereikbaar, 130 onderbroken.",
		EN: "Leerkring, the knowledge base of a community of practice. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 some lines refused, or check found something serious, " +
			"4 verify found differences, 5 folder or address in use, 6 disk full or read-only, 7 store unreachable, 130 interrupted.",
	}
}

// helpTexts are the texts of the commands and flags, by the names in their tags.
func helpTexts(lang string) map[string]string {
	out := map[string]string{}
	for name, text := range map[string]kb.Text{
		"serve":     {NL: "Serveer de pagina's en GraphQL.", EN: "Serve the pages and GraphQL."},
		"import":    {NL: "Haal records binnen uit JSON Lines, CSV of een export.", EN: "Bring in records from JSON Lines, CSV or an export."},
		"export":    {NL: "Schrijf alles weg: elke versie van elk record.", EN: "Write out everything: every version of every record."},
		"backup":    {NL: "Schrijf alles in één bestand: records, accounts en bestanden. Een server mag blijven draaien.", EN: "Write everything into one file: records, accounts and files. A server may go on running."},
		"restore":   {NL: "Zet een back-up terug in een lege map of database.", EN: "Restore a backup into an empty folder or database."},
		"reindex":   {NL: "Bouw de zoekindex opnieuw op.", EN: "Build the search index anew."},
		"verify":    {NL: "Controleer of opslag, zoekindex en bestanden kloppen, of een back-up.", EN: "Check whether store, search index and files agree, or a backup."},
		"eval":      {NL: "Meet het zoeken op een beoordeelde set en print het oordeel als JSON.", EN: "Measure the search on a judged set and print the judgement as JSON."},
		"tune":      {NL: "Zoek betere getallen voor de volgorde van resultaten, met kruisvalidatie op beoordeelde sets.", EN: "Look for better numbers for the order of results, with cross-validation on judged sets."},
		"compounds": {NL: "Beoordeel het splitsen van samenstellingen op een bestand en print het oordeel als JSON.", EN: "Judge the splitting of compounds on a file and print the judgement as JSON."},
		"analyze":   {NL: "Toon wat het zoeken van een tekst maakt.", EN: "Show what the search makes of a text."},
		"version":   {NL: "Toon de versie.", EN: "Show the version."},

		"folder":       {NL: "MAP", EN: "DIR"},
		"data":         {NL: "Map met de gegevens (anders " + defaultData + ").", EN: "Folder of the data (else " + defaultData + ")."},
		"store":        {NL: "Bewaar de records in MongoDB (mongodb://…); de map houdt dan alleen de zoekindex. Met een wachtwoord erin liever via de variabele.", EN: "Keep the records in MongoDB (mongodb://…); the folder then holds the search index only. With a password in it, better by the variable."},
		"addr":         {NL: "Adres om op te luisteren.", EN: "Address to listen on."},
		"demo":         {NL: "Serveer de voorbeeldcollectie, in een eigen map (" + demoData + ").", EN: "Serve the sample collection, in a folder of its own (" + demoData + ")."},
		"base_url":     {NL: "Webadres waaronder lezers de site kennen.", EN: "Web address by which readers know the site."},
		"origin":       {NL: "Andere site waarvan scripts GraphQL mogen gebruiken; mag vaker.", EN: "Other site whose scripts may use GraphQL; may be repeated."},
		"sign_in":      {NL: "JSON-bestand met de aanmelding van organisaties (OpenID Connect).", EN: "JSON file with the sign-ins of organisations (OpenID Connect)."},
		"open_sign_up": {NL: "Laat iedereen een account maken, met de rechten van een bezoeker.", EN: "Let everyone open an account, with the rights of a visitor."},
		"trust_proxy":  {NL: "Neem het adres van bezoekers uit X-Forwarded-For; alleen achter een proxy die het zet.", EN: "Take the address of visitors from X-Forwarded-For; only behind a proxy that sets it."},
		"smtp":         {NL: "Mailserver waarlangs mails gaan (smtp://… of smtps://…); zonder gaan links naar beheerders. Met een wachtwoord erin liever via de variabele.", EN: "Mail server by which mails go out (smtp://… or smtps://…); without it links go to admins. With a password in it, better by the variable."},
		"mail_from":    {NL: "Afzender van mails.", EN: "Sender of mails."},
		"mail_address": {NL: "ADRES", EN: "ADDRESS"},
		"log_format":   {NL: "Vorm van het logboek: text of json.", EN: "Form of the log: text or json."},
		"files":        {NL: "Bestanden, ook met gzip; - is standaardinvoer.", EN: "Files, also gzipped; - is standard input."},
		"strict":       {NL: "Stop bij de eerste regel die niet klopt.", EN: "Stop at the first line that is not valid."},
		"map":          {NL: "Naam van een veld van ons en de kolom in het bestand.", EN: "Name of a field of ours and the column in the file."},
		"source":       {NL: "Naam van de collectie, voor regels die er geen noemen.", EN: "Name of the collection, for lines that give none."},
		"dry_run":      {NL: "Probeer het en schrijf niets.", EN: "Try it and write nothing."},
		"backup_file":  {NL: "Bestand van de back-up (tar).", EN: "File of the backup (tar)."},
		"restore_file": {NL: "Back-up die is gemaakt met leerkring backup.", EN: "Backup that was made by leerkring backup."},
		"file":         {NL: "Bestand; met .gz gecomprimeerd; - is standaarduitvoer.", EN: "File; compressed with .gz; - is standard output."},
	} {
		out[name] = text.In(lang)
	}
	maps.Copy(out, evalTexts(lang))
	maps.Copy(out, editorialTexts(lang))
	maps.Copy(out, accountTexts(lang))
	maps.Copy(out, fileTexts(lang))
	return out
}

// evalTexts are those of the commands that measure the search.
func evalTexts(lang string) map[string]string {
	out := map[string]string{}
	for name, text := range map[string]kb.Text{
		"eval_set":            {NL: "Map met corpus.jsonl, queries.jsonl en qrels.tsv, ook met .gz.", EN: "Folder with corpus.jsonl, queries.jsonl and qrels.tsv, also with .gz."},
		"eval_typos":          {NL: "Maak N typefouten in elke zoekvraag, elk in een langer woord.", EN: "Make N typing errors in every query, each in a longer word."},
		"eval_split":          {NL: "Schrijf samenstellingen uit --compounds als losse woorden.", EN: "Write compounds of --compounds as separate words."},
		"eval_join":           {NL: "Schrijf losse woorden aaneen die een samenstelling uit --compounds zijn.", EN: "Write words as one that are a compound of --compounds."},
		"eval_compounds":      {NL: "Samenstellingen met hun delen: woord, tab, delen met _ ertussen.", EN: "Compounds with their parts: word, tab, parts with _ between them."},
		"eval_compounds_file": {NL: "Samenstellingen met hun delen: woord, tab, lemma's met _ ertussen.", EN: "Compounds with their parts: word, tab, lemmas with _ between them."},
		"eval_inflect":        {NL: "Maak van enkelvoud meervoud en andersom.", EN: "Make singular of plural and the other way round."},
		"eval_seed":           {NL: "Begin van het toeval: hetzelfde getal geeft dezelfde fouten.", EN: "Start of chance: the same number gives the same errors."},
		"eval_limit":          {NL: "Neem alleen de eerste N zoekvragen.", EN: "Take the first N queries only."},
		"eval_per_query":      {NL: "Schrijf ook een tabel met het oordeel per zoekvraag.", EN: "Also write a table with the judgement of each query."},
		"tune_only":           {NL: "Draai alleen aan deze getallen.", EN: "Turn these numbers only."},
		"tune_numbers":        {NL: "GETAL,...", EN: "NUMBER,..."},
		"file_name":           {NL: "BESTAND", EN: "FILE"},
		"analyze_text":        {NL: "De tekst.", EN: "The text."},
		"analyze_json":        {NL: "Print JSON in plaats van een tabel.", EN: "Print JSON and not a table."},
	} {
		out[name] = text.In(lang)
	}
	return out
}
