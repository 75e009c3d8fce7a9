package dutch

// stopWords are the words that stand in nearly every text and tell nothing of
// it, in Dutch and in English. Words that carry meaning in policy texts (niet,
// zonder, meer, samen) are left in.
const stopWords = `
de het een en van in is op te dat die voor met zijn aan er om als dan ook bij of uit tot door over naar
dit deze ik je u wij we ze zij hij haar hun hen ons onze mijn jouw uw men me mij jullie
was waren wordt worden werd werden ben bent wel nog al maar want dus toch zo hoe wat wie waar wanneer
heeft hebben had hadden zal zullen zou zouden kan kunnen kon moet moeten mag mogen
daar hier nu af alle alles iets niets er ervan hiervan daarvan waarin waarop waarbij
the a an and of to is are was were be been it its this that these those with for on at by from as or
`
