// An error that a person can read: a sentence with the remedy, and a code by which words.js finds its translation.
export function fail(code, sentence) {
  return Object.assign(new Error(sentence), { code });
}
