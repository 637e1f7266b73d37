// The sentences of scripts, in the language of the page, which brings them along.

/** The sentences that stand in a block of the page, by name. */
export const wordsOf = (id) => JSON.parse(document.getElementById(id).textContent);

/** Those that every screen has. */
export const words = wordsOf("words");

/** A sentence with its {places} filled. */
export const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_place, name) => values[name]);
