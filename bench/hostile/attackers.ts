/** Those who attack, in a process of their own: what they cost themselves is no part of what is measured. */
import { type Place, push } from "./push.ts";

export type Attack = Place & { tokens: string[]; atOnce: number; seconds: number };
export type Answered = { answers: [reason: string, count: number][]; taken: number };

const varUint = (n: number): number[] =>
  n < 128 ? [n] : [(n & 127) | 128, ...varUint(Math.floor(n / 128))];

/** So many values of one attribute at once: minutes of work for who puts them together. */
function rivals(count: number): string {
  const paragraph = [0b111, 1, 7, ...Buffer.from("default"), 3, 9, ...Buffer.from("paragraph")];
  const bytes = [1, ...varUint(count + 1), 1, 0, ...paragraph];
  for (let i = 0; i < count; i++) bytes.push(0b0010_1000, 0, 1, 0, 1, 0x61, 1, 126);
  return Buffer.from([...bytes, 0]).toString("base64");
}

const kinds = [
  rivals(20_000),
  // Half a megabyte of it.
  rivals(60_000),
  // Seven bytes that announce millions.
  Buffer.from([1, 0xff, 0xff, 0xff, 0x0a, 1, 0]).toString("base64"),
];

process.once("message", async ({ tokens, atOnce, seconds, ...place }: Attack) => {
  const all = await Promise.all(
    Array.from({ length: atOnce }, (_, i) =>
      push(place, tokens[i % tokens.length] ?? "", {
        update: kinds[i % kinds.length] ?? "",
        everyMs: 200,
        seconds,
      }),
    ),
  );
  const counts = new Map<string, number>();
  for (const { answers } of all) {
    for (const [reason, n] of answers) counts.set(reason, (counts.get(reason) ?? 0) + n);
  }
  const taken = all.reduce((sum, { took }) => sum + took.length, 0);
  process.send?.({ answers: [...counts], taken } satisfies Answered, () => process.exit());
});
