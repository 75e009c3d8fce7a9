package web

// adminMessages are the texts of the pages of administrators.
func adminMessages() catalogue {
	return catalogue{}
}
