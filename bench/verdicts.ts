/** One line of the table that bench/all.ts prints: what was measured, and what it should be. */
export type Verdict = {
  what: string;
  measured: string;
  wanted: string;
  holds: boolean;
};

/** Hands a line to the run of all; alone, a bench prints its own tables only. */
export function tell(
  what: string,
  value: number,
  wanted: { most: number } | { least: number },
  unit = "",
) {
  const most = "most" in wanted;
  const bound = most ? wanted.most : wanted.least;
  const verdict: Verdict = {
    what,
    measured: `${+value.toFixed(2)}${unit}`,
    wanted: `${most ? "≤" : "≥"} ${bound}${unit}`,
    holds: most ? value <= bound : value >= bound,
  };
  process.send?.(verdict);
}

export const isVerdict = (message: unknown): message is Verdict =>
  typeof message === "object" && message !== null && "holds" in message;
