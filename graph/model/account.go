package model

import (
	"time"

	"leerkring/internal/kb"
)

// Ticket is a link that works once.
type Ticket struct {
	Purpose     kb.TicketPurpose
	Email, Name string
	ExpiresAt   time.Time
}

// PersonalData is all that is stored about who asks.
type PersonalData struct {
	Account       *kb.Account
	Person        *kb.Person
	Consent       bool
	Email, Phone  *kb.Contact
	Sessions      []*kb.Session
	Tokens        []*kb.Token
	Records       []kb.Entity
	Comments      []*kb.Comment
	Notifications []*kb.Notification
	Events        []*AuditEntry
	JSON          string
}

// Statistics is what is read and searched for.
type Statistics struct {
	From, To                 kb.Date
	Views                    int
	Searches                 int
	SearchesWithoutResult    int
	MostViewed               []*RecordViews
	TopSearches              []*SearchCount
	TopSearchesWithoutResult []*SearchCount
	Days                     []*DayCount
}

// SearchCount is how often something was asked.
type SearchCount struct {
	Text  string
	Count int
}

// SignedIn is a session that was just begun.
type SignedIn struct {
	// Secret proves it, as a bearer token.
	Secret    string
	ExpiresAt time.Time
}

// TeamMember is someone in a team.
type TeamMember struct {
	Account *AccountName
	Role    kb.TeamRole
}
