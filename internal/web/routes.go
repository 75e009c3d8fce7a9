package web

import (
	"leerkring/internal/web/operations"
)

// forms are the addresses of what people do, with the pages and forms of each.
func forms() map[string]route {
	out := map[string]route{
		signInPath:             {get: showSignIn, post: signIn},
		"/uitloggen":           {post: signOut},
		"/aanmelden":           {get: openSignUp(showSignUp), post: openSignUp(signUp)},
		"/wachtwoord-vergeten": {get: showForgotten, post: forgotten},

		"/nieuw":          {get: signedIn(chooseKind)},
		"/nieuw/{soort}":  {get: signedIn(showNew), post: sendNew},
		"/bewerken/{id}":  {get: signedIn(showEdit), post: sendEdit},
		"/mijn/concepten": {get: signedIn(drafts)},

		"/bewerken/{id}/bestanden":           {get: signedIn(showFiles), stream: signedIn(sendFiles)},
		"/bewerken/{id}/bestanden/{bestand}": {get: signedIn(showFileWork), post: signedIn(workOnFile)},

		"/geschiedenis/{id}": {get: signedIn(history)},
		"/meldingen":         {get: signedIn(notifications), post: signedIn(readNotifications)},

		"/actie/{id}/{actie}": {get: signedIn(showAction), post: signedIn(act)},
		"/redactie":           {get: whoCan(operations.ViewerActionReview, queue)},
		"/redactie/{id}":      {get: signedIn(showReview), post: signedIn(discuss)},

		profilePath:                     {get: signedIn(showProfile)},
		profilePath + "/gegevens.json":  {get: signedIn(exportData)},
		profilePath + "/sessies":        {post: signedIn(endSession)},
		profilePath + "/tokens":         {post: signedIn(revokeToken(profilePath))},
		adminPath:                       {get: administers(admin)},
		adminPath + "/accounts":         {get: keepsAccounts(adminAccounts)},
		adminPath + "/accounts/{id}":    {get: keepsAccounts(adminAccount)},
		adminPath + "/tokens":           {get: keepsAccounts(adminTokens), post: keepsAccounts(revokeToken(adminPath + "/tokens"))},
		adminPath + "/teams/{id}":       {get: signedIn(team), post: signedIn(removeMember)},
		adminPath + "/teams/{id}/erbij": addMember().route(signedIn),
		adminPath + "/doorverwijzingen": {get: keepsLists(redirects), post: keepsLists(remove(adminPath+"/doorverwijzingen", deleteRedirect))},
		adminPath + "/synoniemen":       {get: keepsLists(synonyms), post: keepsLists(remove(adminPath+"/synoniemen", deleteSynonyms))},
		judgementsPath:                  {get: keepsLists(judgements), post: keepsLists(remove(judgementsPath, deleteJudgements))},
		judgementsPath + "/{id}":        {get: keepsLists(judge)},
		adminPath + "/spoor":            {get: whoCan(operations.ViewerActionSeeAudit, audit)},
		adminPath + "/statistiek":       {get: whoCan(operations.ViewerActionSeeStatistics, statistics)},

		adminPath + "/doorverwijzingen/bewerken": putRedirect().route(keepsLists),
		adminPath + "/synoniemen/bewerken":       putSynonyms().route(keepsLists),
		judgementsPath + "/bewerken":             putJudgements().route(keepsLists),
	}
	for word, f := range profileForms() {
		out[profilePath+"/"+word] = f.route(signedIn)
	}
	for path, f := range accountForms() {
		out[adminPath+path] = f.route(keepsAccounts)
	}
	for segment := range secretPaths() {
		out["/"+segment+"/{secret}"] = route{get: showTicket, post: redeem}
	}
	return out
}
