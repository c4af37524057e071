import { createObservable } from "@/lib/observable.ts";

/** The task whose description is to be edited as soon as it is shown: `E` on a card or a row. */
export const editing = createObservable<string | null>(null);
