package dutch

// stopWords are the words that stand in nearly every text and tell nothing of
// it, folded: articles, pronouns, prepositions, conjunctions, auxiliary verbs,
// some adverbs. Left in are words that change what a policy text says (niet,
// geen, zonder, meer, minder, samen, tegen, binnen, buiten, onder, boven, eerst)
// and, of the English ones, what is a word of its own in Dutch (it).
const stopWords = `
de het een der des den ten ter t s n
en of maar want dus noch dan als dat die omdat doordat zodat hoewel terwijl indien mits tenzij zodra opdat
in is op te van met aan bij uit tot door over naar om voor er af via per ten vanuit vanaf tijdens volgens
ik je jij u wij we ze zij hij haar hun hen ons onze mijn jouw uw men me mij jou jullie hem zich zichzelf elkaar
dit deze wie wat welke welk waar wanneer hoe waarom hetgeen degene degenen dezelfde hetzelfde zo zoals zulke zulk
daar hier nu toen ook nog al wel toch reeds echter immers namelijk bovendien alsmede evenals ofwel dien
er eraan erbij erdoor erin ermee erom erop erover ertoe eruit ervan ervoor
hieraan hierbij hierdoor hierin hiermee hierom hierop hierover hiertoe hieruit hiervan hiervoor
daaraan daarbij daardoor daarin daarmee daarnaast daarom daarop daarover daartoe daaruit daarvan daarvoor
waaraan waarbij waardoor waarin waarmee waarnaast waarom waarop waarover waartoe waaruit waarvan waarvoor
alle alles iets niets iemand enkele sommige iedere ieder elk elke ander andere anderen
ben bent is zijn was waren geweest wees wordt word worden werd werden geworden
heb hebt heeft hebben had hadden gehad zal zult zullen zou zouden
kan kunt kunnen kon konden moet moeten moest moesten mag mogen mocht mochten wil wilt willen wilde wilden
oa ea ed bijv bijvoorbeeld enz etc dwz ivm obv tbv tav ipv mbt cq resp
the a an and to were be been being its this that these those with for on at by from as or are
their they our you your which who has have had will would can could should than then there
`
