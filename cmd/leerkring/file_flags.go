package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"leerkring/internal/app"
	"leerkring/internal/kb"
	"leerkring/internal/virus"
)

// size is a number of bytes on the command line: 250MB, 5GB, 416MiB, or bytes.
type size int64

// UnmarshalText reads a size; Invalid for another text.
func (s *size) UnmarshalText(text []byte) error {
	given := strings.ToUpper(strings.TrimSpace(string(text)))
	digits := strings.TrimRight(given, "KMGTIB ")
	n, err := strconv.ParseInt(digits, 10, 64)
	unit, known := map[string]int64{
		"": 1, "B": 1, "KB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12, "KIB": 1 << 10, "MIB": 1 << 20, "GIB": 1 << 30, "TIB": 1 << 40,
	}[strings.TrimSpace(given[len(digits):])]
	if err != nil || !known || n < 0 || n > math.MaxInt64/unit {
		return fmt.Errorf("%q is no size; write it like 250MB, 5GB or 416MiB", text)
	}
	*s = size(n * unit)
	return nil
}

// fileFlags bound what files may come in, and how they are read.
type fileFlags struct {
	MaxFile       size   `help:"${max_file}" env:"LEERKRING_MAX_FILE" default:"100MB" placeholder:"SIZE"`
	MaxRequest    size   `help:"${max_request}" env:"LEERKRING_MAX_REQUEST" default:"250MB" placeholder:"SIZE"`
	MaxAccount    size   `help:"${max_account}" env:"LEERKRING_MAX_ACCOUNT" default:"5GB" placeholder:"SIZE"`
	MaxTotal      size   `help:"${max_total}" env:"LEERKRING_MAX_TOTAL" default:"0" placeholder:"SIZE"`
	Clamd         string `help:"${clamd}" env:"LEERKRING_CLAMD" placeholder:"URI"`
	ClamdRequired bool   `help:"${clamd_required}" env:"LEERKRING_CLAMD_REQUIRED"`
	readFlags
}

// readFlags bound the processes that read files.
type readFlags struct {
	ExtractWorkers int  `help:"${extract_workers}" env:"LEERKRING_EXTRACT_WORKERS" default:"2"`
	ExtractMemory  size `help:"${extract_memory}" env:"LEERKRING_EXTRACT_MEMORY" default:"416MiB" placeholder:"SIZE"`
}

// leastMemory is what the reader of PDF needs by itself.
const leastMemory = 128 << 20

// apply puts the flags into a configuration; Invalid for values that cannot be.
func (f readFlags) apply(c *app.Config) error {
	if f.ExtractWorkers < 1 || f.ExtractWorkers > 64 {
		return kb.Errorf(kb.Invalid, kb.Text{NL: "--extract-workers is 1 tot en met 64.", EN: "--extract-workers is 1 to 64."})
	}
	if f.ExtractMemory < leastMemory {
		return kb.Errorf(kb.Invalid, kb.Text{NL: "--extract-memory is ten minste 128MiB.", EN: "--extract-memory is at least 128MiB."})
	}
	c.Readers, c.ReaderMemory = f.ExtractWorkers, int64(f.ExtractMemory)
	return nil
}

// apply puts the flags into a configuration; Invalid for values that cannot be.
func (f fileFlags) apply(c *app.Config) error {
	if f.MaxFile == 0 || f.MaxRequest == 0 || f.MaxAccount == 0 {
		return kb.Errorf(kb.Invalid, kb.Text{
			NL: "--max-file, --max-request en --max-account kunnen niet 0 zijn. Noem een grootte, zoals 100MB.",
			EN: "--max-file, --max-request and --max-account cannot be 0. Name a size, like 100MB.",
		})
	}
	if f.ClamdRequired && f.Clamd == "" {
		return kb.Errorf(kb.Invalid, kb.Text{NL: "--clamd-required vraagt om --clamd.", EN: "--clamd-required asks for --clamd."})
	}
	c.Files = kb.FileLimits{File: int64(f.MaxFile), Request: int64(f.MaxRequest), Account: int64(f.MaxAccount), Total: int64(f.MaxTotal)}
	if f.Clamd != "" {
		scanner, err := virus.New(f.Clamd, 0)
		if err != nil {
			return err
		}
		c.Scan, c.ScanRequired = scanner, f.ClamdRequired
	}
	return f.readFlags.apply(c)
}

// fileTexts are the help texts of the commands for files.
func fileTexts(lang string) map[string]string {
	out := map[string]string{}
	for name, text := range map[string]kb.Text{
		"check":           {NL: "Lees bestanden en zeg wat er niet in hoort: burgerservicenummers, namen, opmerkingen, en wat niet iedereen kan lezen. Exitcode 3 als iets ernstig is of niet te lezen.", EN: "Read files and say what should not be in them: citizen service numbers, names, comments, and what not everyone can read. Exit code 3 when something is serious or cannot be read."},
		"import_files":    {NL: "Voeg de bestanden van een map toe, elk aan een eigen concept of alle aan één record, en lees ze.", EN: "Add the files of a folder, each to a draft of its own or all to one record, and read them."},
		"reextract":       {NL: "Lees bestanden opnieuw die een eerdere versie heeft gelezen.", EN: "Read files again that an earlier version has read."},
		"check_files":     {NL: "Bestanden.", EN: "Files."},
		"check_lang":      {NL: "Taal van het antwoord: nl of en.", EN: "Language of the answer: nl or en."},
		"files_dir":       {NL: "Map met de bestanden.", EN: "Folder with the files."},
		"files_as":        {NL: "Wat elk bestand wordt: publication, presentation, of auto (presentaties worden presentation).", EN: "What each file becomes: publication, presentation, or auto (decks become presentations)."},
		"files_owner":     {NL: "E-mailadres van wie de concepten worden; anders van niemand.", EN: "E-mail address of whose the drafts become; else nobody's."},
		"files_record":    {NL: "Kenmerk van het record dat alle bestanden krijgt.", EN: "Id of the record that gets all files."},
		"files_themes":    {NL: "Thema's van de concepten, met komma's ertussen.", EN: "Themes of the drafts, with commas between them."},
		"reextract_all":   {NL: "Ook wat deze versie al heeft gelezen.", EN: "Also what this version has read already."},
		"verify_backup":   {NL: "Controleer een back-up in plaats van de opslag.", EN: "Check a backup, and not the store."},
		"max_file":        {NL: "Grootste bestand.", EN: "Largest file."},
		"max_request":     {NL: "Grootste verzoek met bestanden.", EN: "Largest request with files."},
		"max_account":     {NL: "Bestanden van één account samen.", EN: "Files of one account together."},
		"max_total":       {NL: "Alle bestanden samen; 0 is geen grens.", EN: "All files together; 0 is no limit."},
		"clamd":           {NL: "Virusscanner: tcp://localhost:3310 of unix:///run/clamav/clamd.ctl.", EN: "Virus scanner: tcp://localhost:3310 or unix:///run/clamav/clamd.ctl."},
		"clamd_required":  {NL: "Weiger bestanden die niet gescand konden worden.", EN: "Refuse files that could not be scanned."},
		"extract_workers": {NL: "Hoeveel bestanden tegelijk worden gelezen.", EN: "How many files are read at once."},
		"extract_memory":  {NL: "Geheugen van elk proces dat bestanden leest.", EN: "Memory of each process that reads files."},
	} {
		out[name] = text.In(lang)
	}
	return out
}
