import { useSyncExternalStore } from "react";

/** A value that views may watch, in the shape that useSyncExternalStore wants. */
export type Observable<T> = {
  get(): T;
  set(next: T): void;
  watch(listener: () => void): () => void;
};

export function createObservable<T>(initial: T): Observable<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of [...listeners]) listener();
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** What is made of several, whichever of them changes. */
export function combineObservables<T>(
  sources: readonly Pick<Observable<unknown>, "watch">[],
  read: () => T,
): Observable<T> & { stop(): void } {
  const combined = createObservable(read());
  const stops = sources.map((source) => source.watch(() => combined.set(read())));
  return {
    ...combined,
    stop() {
      for (const stop of stops) stop();
    },
  };
}

export const useObservable = <T>({ watch, get }: Observable<T>): T =>
  useSyncExternalStore(watch, get);
