/**
 * Reads that the server does not answer are answered by this device, where it stores what was asked for.
 *
 * Only a read, and only when there is no answer at all: a refusal is an answer. A connection that hangs
 * says nothing for a minute, so a read that this device can answer waits for the server for some
 * seconds and no longer. What was answered here is asked for again once the server is reached; it
 * stands at another place of the feed than the rest of the cache, and is not stored with it.
 */
import type { AppRouter } from "@guildhall/api/client";
import type { TRPCClientError, TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { isRefusal } from "./refusal.ts";

const PATIENCE_MS = 4_000;

/** Resolves to undefined for what is not stored here. */
export type AnswerHere = (path: string, input: unknown) => Promise<unknown>;

export type DeviceAnswers = {
  /** Set once somebody is in. */
  answer: AnswerHere | null;
  /** Told of each answer that was given here. */
  onAnswered: (() => void) | null;
};

type Failure = TRPCClientError<AppRouter>;

export const answerFromDevice =
  (device: DeviceAnswers): TRPCLink<AppRouter> =>
  () =>
  ({ next, op }) => {
    if (op.type !== "query") return next(op);
    return observable((observer) => {
      let isOver = false;
      async function tryHere(): Promise<boolean> {
        const found = await device.answer?.(op.path, op.input).catch(() => undefined);
        if (found === undefined || isOver) return false;
        isOver = true;
        clearTimeout(timer);
        device.onAnswered?.();
        observer.next({ result: { type: "data", data: found } });
        observer.complete();
        return true;
      }
      async function failed(error: Failure) {
        clearTimeout(timer);
        if (!isRefusal(error) && !op.signal?.aborted && (await tryHere())) return;
        if (isOver) return;
        isOver = true;
        observer.error(error);
      }
      const timer = setTimeout(() => void tryHere(), PATIENCE_MS);
      const asking = next(op).subscribe({
        next(value) {
          if (isOver) return;
          clearTimeout(timer);
          observer.next(value);
        },
        error: (error) => void failed(error),
        complete() {
          if (isOver) return;
          isOver = true;
          observer.complete();
        },
      });
      return () => {
        isOver = true;
        clearTimeout(timer);
        asking.unsubscribe();
      };
    });
  };
