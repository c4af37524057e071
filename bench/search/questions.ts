/** What people would type into a workspace of such texts, by kind of question. */
import { dice, writer } from "./texts.ts";

export type Question = { text: string } & Record<string, unknown>;

const EACH = 40;

export function questions(): Record<string, Question[]> {
  const roll = dice(99);
  const { word, house } = writer(7);
  const pick = () => house[Math.floor(roll() * 5_000)] ?? "";
  const many = (make: (i: number) => string): Question[] =>
    Array.from({ length: EACH }, (_, i) => ({ text: make(i) }));
  const swapped = (w: string) => `${w.slice(0, 2)}${w[3] ?? ""}${w[2] ?? ""}${w.slice(4)}`;
  const of = (language: string, least = 2) => {
    let found = "";
    while (found.length < least || /^[a-z]+$/.test(found)) found = word(language);
    return found;
  };
  const typed = [
    "search the history",
    "temperature of kiln",
    "Übersicht der Aufgabe",
    "温度管理",
    "release plan",
    "équipe tâche",
    "검색 결과",
    "درجة الحرارة",
  ];
  return {
    "as you type, letter by letter": typed.flatMap((line) =>
      [...line].map((_, i) => ({ text: [...line].slice(0, i + 1).join("") })),
    ),
    "one common word": many(() => word("en")),
    "two words": many(() => `${pick()} ${word("en")}`),
    "a rare word": many(() => house[5_000 + Math.floor(roll() * 20_000)] ?? ""),
    "part of a word": many(() => pick().slice(1, 6)),
    "a slip of the finger": many(() => swapped(house[Math.floor(roll() * 2_000)] ?? "")),
    "Chinese, Japanese": many((i) => of(i % 2 ? "zh" : "ja").slice(0, 4)),
    Korean: many(() => of("ko").slice(0, 3)),
    Arabic: many(() => of("ar", 3)),
    "without accents": many((i) =>
      of(i % 2 ? "fr" : "de", 3)
        .normalize("NFD")
        .replace(/\p{M}/gu, ""),
    ),
    "a key of a task": many((i) => `P${i % 5}-${1 + Math.floor(roll() * 50_000)}`),
    "filtered by state and date": many(() => word("en")).map((q) => ({
      ...q,
      states: ["open"],
      from: new Date(Date.now() - 2e10),
    })),
    "nothing that fits": many((i) => `zqx${i}vvw`),
    "nothing typed": many(() => ""),
  };
}
