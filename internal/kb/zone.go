package kb

import (
	"time"
	_ "time/tzdata" // days are Dutch days, also where no zones are installed
)

// DutchTime is where the days of the knowledge base begin and its clock runs.
func DutchTime() *time.Location {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		panic("kb: the program carries the time zones, and Europe/Amsterdam is not among them: " + err.Error())
	}
	return zone
}

// dayOf gives the day that it is at a moment in a zone.
func dayOf(t time.Time, zone *time.Location) Date { return Date(t.In(zone).Format(time.DateOnly)) }
