package web

// accountMessages are the texts around signing in.
func accountMessages() catalogue {
	return catalogue{
		"nav.account":            {NL: "Uw werk", EN: "Your work"},
		"menu.signin":            {NL: "Inloggen", EN: "Sign in"},
		"menu.signout":           {NL: "Uitloggen", EN: "Sign out"},
		"menu.drafts":            {NL: "Mijn concepten", EN: "My drafts"},
		"menu.notifications":     {NL: "Meldingen", EN: "Notifications"},
		"menu.notifications.new": {NL: "Meldingen (%s nieuw)", EN: "Notifications (%s new)"},
		"menu.new":               {NL: "Nieuw", EN: "New"},
		"menu.review":            {NL: "Redactie", EN: "Review"},
		"menu.admin":             {NL: "Beheer", EN: "Administration"},
		"menu.profile":           {NL: "Profiel", EN: "Profile"},

		"signin.title":     {NL: "Inloggen", EN: "Sign in"},
		"signin.submit":    {NL: "Inloggen", EN: "Sign in"},
		"signin.provider":  {NL: "Inloggen via %s", EN: "Sign in through %s"},
		"signin.forgotten": {NL: "Wachtwoord vergeten?", EN: "Forgotten your password?"},
		"signin.signup":    {NL: "Nog geen account? Meld u aan", EN: "No account yet? Sign up"},
		"signup.title":     {NL: "Aanmelden", EN: "Sign up"},
		"signup.intro":     {NL: "Met een account kunt u zich inschrijven voor bijeenkomsten.", EN: "With an account you can sign up for meetings."},
		"signup.submit":    {NL: "Aanmelden", EN: "Sign up"},
		"forgotten.title":  {NL: "Wachtwoord vergeten", EN: "Forgotten password"},
		"forgotten.intro":  {NL: "Vul uw e-mailadres in. Als er een account bij hoort, sturen we u een link om een nieuw wachtwoord te kiezen.", EN: "Enter your e-mail address. If there is an account with it, we send you a link to choose a new password."},
		"forgotten.submit": {NL: "Stuur de link", EN: "Send the link"},

		"ticket.gone.title":        {NL: "Deze link werkt niet meer", EN: "This link does not work any more"},
		"ticket.gone.text":         {NL: "De link is al gebruikt of te oud. Vraag een nieuwe aan.", EN: "The link has been used already or is too old. Ask for a new one."},
		"ticket.email":             {NL: "Uw account is %s.", EN: "Your account is %s."},
		"ticket.submit":            {NL: "Opslaan en inloggen", EN: "Save and sign in"},
		"ticket.FIRST_ADMIN.title": {NL: "Maak het eerste account", EN: "Make the first account"},
		"ticket.FIRST_ADMIN.intro": {NL: "Dit wordt de eerste beheerder. Daarna kunt u anderen uitnodigen.", EN: "This becomes the first administrator. After that you can invite others."},
		"ticket.INVITATION.title":  {NL: "Welkom bij Leerkring", EN: "Welcome to Leerkring"},
		"ticket.INVITATION.intro":  {NL: "U bent uitgenodigd. Kies een wachtwoord om te beginnen.", EN: "You were invited. Choose a password to begin."},
		"ticket.CONFIRM.title":     {NL: "Bevestig uw e-mailadres", EN: "Confirm your e-mail address"},
		"ticket.CONFIRM.intro":     {NL: "Kies een wachtwoord om uw aanmelding af te maken.", EN: "Choose a password to finish signing up."},
		"ticket.RESET.title":       {NL: "Kies een nieuw wachtwoord", EN: "Choose a new password"},
		"ticket.RESET.intro":       {NL: "Daarna bent u op alle andere apparaten uitgelogd.", EN: "After that you are signed out everywhere else."},

		"done.welcome":   {NL: "U bent ingelogd.", EN: "You are signed in."},
		"done.signedout": {NL: "U bent uitgelogd.", EN: "You are signed out."},
		"done.mailed":    {NL: "Als het adres klopt, krijgt u een mail met een link. Kijk ook bij de ongewenste mail.", EN: "If the address is right, you get a mail with a link. Look in your unwanted mail too."},

		"error.401.title": {NL: "U bent niet ingelogd", EN: "You are not signed in"},
		"error.401.text":  {NL: "Log in en probeer het nog eens.", EN: "Sign in and try again."},
		"error.403.title": {NL: "Dit mag u niet", EN: "You may not do this"},
		"error.403.text":  {NL: "Uw account heeft hier geen rechten voor, of het kan nu niet. Klopt dat niet? Vraag het de beheerder.", EN: "Your account has no right to this, or it cannot be done now. Is that wrong? Ask the administrator."},
		"error.409.title": {NL: "Iemand anders was u voor", EN: "Someone else was before you"},
		"error.409.text":  {NL: "Ga terug, laad de pagina opnieuw en probeer het nog eens.", EN: "Go back, load the page again and try once more."},
		"error.415.title": {NL: "Dit formulier kunnen we niet lezen", EN: "We cannot read this form"},
		"error.415.text":  {NL: "Vul het formulier op onze eigen pagina in.", EN: "Fill in the form on our own page."},
	}
}
