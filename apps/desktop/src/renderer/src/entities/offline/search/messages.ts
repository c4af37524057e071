import type { RouterInputs, RouterOutputs } from "@guildhall/api/client";

/** To the worker that searches, and its answers; each question has a number. */
export type Asked = RouterInputs["search"]["find"];
export type Found = RouterOutputs["search"]["find"];
export type Counted = RouterOutputs["search"]["count"];

export type Question =
  | { kind: "open"; account: string }
  | { kind: "update"; n: number }
  | { kind: "find"; n: number; asked: Asked }
  | { kind: "count"; n: number; asked: Asked };

export type Reply = { n: number; result: unknown } | { n: number; problem: string };
