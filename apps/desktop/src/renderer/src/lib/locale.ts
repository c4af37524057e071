/**
 * The one place that asks Intl. The page's words are English, so its dates and numbers are English
 * too, whatever the browser speaks: "imported from Jira · vor 14 Min." is no language. Those who
 * read English get their own kind of it ("Dec 3" or "3 Dec"), all others the one that writes the day
 * first and counts to 24. What is a matter of the country or of the texts themselves, as the first
 * day of the week or the order of names, follows the browser.
 */
const browsers = navigator.language;

const pageLocale = pageLocaleFor(browsers);

export function pageLocaleFor(browser: string): string {
  return /^en(-|$)/i.test(browser) ? browser : "en-GB";
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format takes longer than drawing a card; a board needs the same one hundreds of times. */
export function formatDate(
  at: Date,
  options: Intl.DateTimeFormatOptions,
  locale = pageLocale,
): string {
  const key = JSON.stringify([locale, options]);
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, format);
  return format.format(at);
}

/** "3 hr ago", "yesterday", "in 2 days". */
export const formatRelative = (
  count: number,
  unit: Intl.RelativeTimeFormatUnit,
  { style = "long", locale = pageLocale }: { style?: "short" | "long"; locale?: string } = {},
): string => new Intl.RelativeTimeFormat(locale, { numeric: "auto", style }).format(count, unit);

const numbers = new Intl.NumberFormat(pageLocale);

/** "1,204" */
export const formatNumber = (count: number): string => numbers.format(count);

/** "1.4 MB" */
export const formatUnit = (count: number, options: Intl.NumberFormatOptions): string =>
  new Intl.NumberFormat(pageLocale, { style: "unit", ...options }).format(count);

const lists = new Intl.ListFormat(pageLocale);

/** "Ada, Grace and Alan" */
export const formatList = (words: readonly string[]): string => lists.format(words);

/** Made once: comparing 20,000 titles with a new one each time takes seconds. */
const collator = new Intl.Collator(browsers, { numeric: true });

/** Titles and names in the order in which their reader looks for them: "Step 2" before "Step 10". */
export const compareText = (a: string, b: string): number => collator.compare(a, b);

const caseless = new Intl.Collator(browsers, { sensitivity: "accent" });

/** Equal but for capitals. */
export const isSameName = (a: string, b: string): boolean => caseless.compare(a, b) === 0;

export const wordSegmenter = new Intl.Segmenter(browsers, { granularity: "word" });

/** The first character as a person sees it: also flags and families, which are several in one. */
export function firstGrapheme(text: string): string | undefined {
  const [first] = new Intl.Segmenter().segment(text);
  return first?.segment;
}

type LocaleWithWeek = Intl.Locale & {
  getWeekInfo?: () => { firstDay: number };
  weekInfo?: { firstDay: number };
};

/** Monday is 1, Sunday 7. */
export function firstWeekday(): number {
  const known = new Intl.Locale(browsers) as LocaleWithWeek;
  return known.getWeekInfo?.().firstDay ?? known.weekInfo?.firstDay ?? 1;
}

const languages = new Intl.DisplayNames(pageLocale, { type: "language" });
/** `en-GB` is "British English". What has no name is called by its code. */
export const formatLanguage = (code: string): string => languages.of(code) ?? code;
