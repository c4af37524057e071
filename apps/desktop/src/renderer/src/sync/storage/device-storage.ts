/**
 * Whether this computer stores what it is given. A private window, a full disk or a strict setting
 * refuses; the app goes on with the server alone, and says so where the save state stands.
 */
import { createObservable } from "@/lib/observable.ts";

const refuses = createObservable(false);
/** Each has its own database; one may be too large for what is left where another is not. */
const refused = new Set<string>();

export const deviceStorage = {
  /** At least one of them is not stored. */
  refuses,
  part: (name: string) => ({
    stored() {
      refused.delete(name);
      refuses.set(refused.size > 0);
    },
    refused(error: unknown) {
      if (!refused.has(name)) console.warn(`This device does not store data (${name}).`, error);
      refused.add(name);
      refuses.set(true);
    },
  }),
};
