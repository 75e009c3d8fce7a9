package mail

// Elsewhere treats a server on this machine as one on another.
func (s Server) Elsewhere() Server {
	s.security = startTLS
	return s
}
