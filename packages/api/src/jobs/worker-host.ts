export type Bounds = {
  /** Of the heap; of a process all that it holds. */
  megabytes: number;
  /** For one answer; may be infinite. */
  seconds: number;
  /**
   * Time is what has passed; or, of a thread, what it has worked: on a busy machine a small question may
   * wait long for its turn.
   */
  by?: "clock" | "work";
};

/** It was ended for what it took. */
export class Overrun extends Error {
  readonly of: "memory" | "time" | "end";

  constructor(of: Overrun["of"], message: string) {
    super(message);
    this.of = of;
  }
}

/** The worker's own word that it could not do what it was asked. */
export class Unanswerable extends Error {}

/** A thread, or a process of its own. */
export type Host = {
  post(message: unknown): void;
  /** How long it has worked so far, in ms; what has passed where that is not known. */
  worked(): Promise<number>;
  end(): Promise<unknown>;
};

export type HostEvents = {
  onMessage(message: FromWorker): void;
  /** It has ended, by itself or of what it met. */
  onEnd(why: Error): void;
};

/**
 * What a worker says: that its program is read; then the answer `of` a question, or what went wrong; and
 * calls between, of which those with a number are answered.
 */
export type FromWorker =
  | { kind: "ready" }
  | { kind: "answer"; of: number; answer: unknown }
  | { kind: "error"; of: number; error: string }
  | { kind: "call"; of: number; n: number; call: unknown };
export type ToWorker = { of: number; question: unknown } | { n: number; answer: unknown };
