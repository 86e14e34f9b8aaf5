// Package words says sentences in the reader's language. A sentence stands in English in the code
// that says it, and that English is its key: a Catalogue has for it the sentence of another language,
// or says the English. A sentence has holes, which formulas, numbers and names are put into; since
// a formula isn't text, what is said is a list of pieces, and whoever asked puts the values in place.
//
// In a sentence {t} is a hole, which takes the value named t, and {n|step|steps} a word that goes by
// the whole number n: in English of one and of any other number, in Russian of one, of few and of
// many: {n|шаг|шага|шагов}. The number itself is a hole, {n}. The languages are text files beside
// this one, each sentence in English with its translation below it; a test holds them to what the
// code says.
//
// It formats no numbers: those are written alike in every language. It is not for the words of a
// cell's own language, nor for errors. The main functions are In, which opens the Catalogue of a
// language, and its method Say.
package words
