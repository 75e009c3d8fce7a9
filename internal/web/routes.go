package web

import "leerkring/internal/web/operations"

// forms are the addresses of what people do, with the pages and forms of each.
func forms() map[string]route {
	out := map[string]route{
		signInPath:             {get: showSignIn, post: signIn},
		"/uitloggen":           {post: signOut},
		"/aanmelden":           {get: openSignUp(showSignUp), post: openSignUp(signUp)},
		"/wachtwoord-vergeten": {get: showForgotten, post: forgotten},

		"/nieuw":              {get: signedIn(chooseKind)},
		"/nieuw/{soort}":      {get: signedIn(showNew), post: sendNew},
		"/bewerken/{id}":      {get: signedIn(showEdit), post: sendEdit},
		"/actie/{id}/{actie}": {get: signedIn(showAction), post: signedIn(act)},
	}
	for segment := range secretPaths() {
		out["/"+segment+"/{secret}"] = route{get: showTicket, post: redeem}
	}
	return out
}

var _ = operations.ViewerActionReview
