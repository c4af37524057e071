import { app, type Session } from "electron";

/** Those of the system that there are dictionaries for; where there is none for a country, another one's. */
export function spellLanguagesOf(
  preferred: readonly string[],
  available: readonly string[],
): string[] {
  const found = preferred.flatMap((wanted) => {
    const [language = ""] = wanted.split("-");
    const match =
      available.find((code) => code === wanted) ??
      available.find((code) => code === language) ??
      available.find((code) => code.startsWith(`${language}-`));
    return match ?? [];
  });
  return [...new Set(found)];
}

/** `chosen`: null is the system's languages, none is no checking. macOS has its own checker and languages. */
export const spellingOf = (session: Session, chosen: readonly string[] | null) =>
  spellLanguagesOf(
    chosen ?? app.getPreferredSystemLanguages(),
    session.availableSpellCheckerLanguages,
  );

export function checkSpelling(session: Session, chosen: readonly string[] | null) {
  const languages = spellingOf(session, chosen);
  session.setSpellCheckerEnabled(chosen === null || chosen.length > 0);
  if (languages.length > 0) session.setSpellCheckerLanguages(languages);
}
