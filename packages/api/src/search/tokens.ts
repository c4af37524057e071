/**
 * Text as words that can be compared: without case, accents and the vowel marks of Arabic and Hebrew.
 *
 * Chinese, Japanese, Korean and Thai put no spaces between words, or hang endings on them. There every
 * pair of neighbours is a word, and the last one alone: a question is cut in the same way, so that any
 * part of such a text is found without a dictionary of the language.
 */

/** `start` and `end` are places in the text as it was given, in UTF-16 units. */
export type Token = { word: string; start: number; end: number };

/**
 * Of a longer run, such as a line of base64, only the beginning can be searched for. Folding may make
 * one sign eighteen letters, and Postgres refuses a word of more than 2,046 bytes.
 */
const LONGEST = 64;

const RUN = /[\p{L}\p{N}\p{M}]+/gu;
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー々〆]+/gu;
const ASCII = /^[a-z0-9]*$/;
/** Accents of Latin, Greek and Cyrillic; the vowel points of Hebrew and Arabic. Others carry sounds. */
const MARKS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]/g;
const SAME: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ı: "i",
  þ: "th",
  ς: "σ",
  ة: "ه",
  ى: "ي",
  ی: "ي",
  ک: "ك",
};
const LETTERS = new RegExp(`[${Object.keys(SAME).join("")}]`, "g");

/** What two spellings of a word have in common. */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  if (ASCII.test(lower)) return lower;
  return lower
    .normalize("NFKD")
    .replace(MARKS, "")
    .normalize("NFC")
    .replace(LETTERS, (letter) => SAME[letter] ?? letter);
}

/** Words between spaces and signs, whole; runs of a script without spaces are `unspaced`, uncut. */
export function* runs(text: string): Generator<Token & { unspaced: boolean }> {
  for (const { 0: run, index } of text.matchAll(RUN)) {
    let at = 0;
    if (!/^[\0-\u0e00]*$/.test(run)) {
      for (const { 0: part, index: from } of run.matchAll(UNSPACED)) {
        if (from > at) yield spaced(run.slice(at, from), index + at);
        const start = index + from;
        yield { word: fold(part), start, end: start + part.length, unspaced: true };
        at = from + part.length;
      }
    }
    if (at < run.length) yield spaced(at === 0 ? run : run.slice(at), index + at);
  }
}

const spaced = (run: string, start: number) => ({
  word: beginning(fold(beginning(run))),
  start,
  end: start + run.length,
  unspaced: false,
});

/** Never half of a letter that is a pair of units: Postgres takes no such text. */
function beginning(run: string): string {
  if (run.length <= LONGEST) return run;
  return run.slice(0, /[\ud800-\udbff]/.test(run[LONGEST - 1] ?? "") ? LONGEST - 1 : LONGEST);
}

/** The words that a run without spaces is found by. */
export function pairs(run: string): string[] {
  const letters = [...run];
  return letters.map((letter, i) => letter + (letters[i + 1] ?? ""));
}

/** Adds the words of a text to `into`, up to `most`. */
export function collectWords(text: string, into: Set<string>, most = 40_000): void {
  for (const { word, unspaced } of runs(text)) {
    if (into.size >= most) return;
    if (unspaced) for (const pair of pairs(word)) into.add(pair);
    else if (word) into.add(word);
  }
}

/** Postgres keeps no more than 1,048,575 bytes of words of one text. */
const MOST_BYTES = 1_000_000;

/** As many of the words, in their order, as Postgres keeps of one text. */
export function keepable(words: Set<string>): string[] {
  let bytes = 0;
  return [...words].filter((word) => {
    bytes += Buffer.byteLength(word);
    return bytes <= MOST_BYTES;
  });
}

/** Worth keeping for parts of words and slips of the finger: no numbers, no pairs of letters. */
export const isDictionaryWord = (word: string) =>
  word.length >= 3 && word.length <= 32 && /\p{L}/u.test(word) && !/\d.*\d.*\d/.test(word);
