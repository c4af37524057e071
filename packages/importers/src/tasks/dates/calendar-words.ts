/** What months and weekdays are called, in full and short, as the engine's own tables have it. */
const LANGUAGES = [
  ...[
    "en",
    "de",
    "fr",
    "es",
    "it",
    "nl",
    "pt",
    "pl",
    "sv",
    "da",
    "nb",
    "fi",
    "cs",
    "sk",
    "hu",
    "ro",
  ],
  ...["ru", "uk", "bg", "el", "tr", "ca"],
];

/** Written by people, and in no such table. */
const OTHERS: Record<string, number> = { sept: 9, mrz: 3, märz: 3, maerz: 3 };

/** Without the dot of a short form and without accents, which exports often lack. */
export const plainWord = (word: string) =>
  word
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\p{M}.]/gu, "");

type Shape = Intl.DateTimeFormatOptions;

function collect(
  count: number,
  nameOf: (index: number, language: string, shape: Shape) => string[],
) {
  const found = new Map<string, number>();
  const claimed = new Set<string>();
  for (const language of LANGUAGES) {
    for (let index = 0; index < count; index++) {
      for (const shape of [{}, { day: "numeric" }] satisfies Shape[]) {
        for (const word of nameOf(index, language, shape).map(plainWord)) {
          // A word that means two months in two languages decides nothing.
          if (word.length < 2 || claimed.has(word)) continue;
          const known = found.get(word);
          if (known === undefined) found.set(word, index + 1);
          else if (known !== index + 1) {
            found.delete(word);
            claimed.add(word);
          }
        }
      }
    }
  }
  return found;
}

function namesOf(kind: "month" | "weekday", at: (index: number) => Date, count: number) {
  return collect(count, (index, language, shape) =>
    (["long", "short"] as const).flatMap((length) => {
      const options: Shape = { ...shape, [kind]: length, timeZone: "UTC" };
      const parts = new Intl.DateTimeFormat(language, options).formatToParts(at(index));
      return parts.flatMap(({ type, value }) => (type === kind ? [value] : []));
    }),
  );
}

let months: Map<string, number> | undefined;
let weekdays: Map<string, number> | undefined;

/** 1 to 12; undefined for any other word. */
export function monthOf(word: string): number | undefined {
  months ??= namesOf("month", (index) => new Date(Date.UTC(2024, index, 15)), 12);
  const plain = plainWord(word);
  return OTHERS[plain] ?? months.get(plain);
}

export function isWeekday(word: string): boolean {
  // 1 January 2024 was a Monday.
  weekdays ??= namesOf("weekday", (index) => new Date(Date.UTC(2024, 0, index + 1)), 7);
  return weekdays.has(plainWord(word));
}
