/** How often one person may say where their selection is: more is no use to anybody. */
import { refused } from "../../core/errors.ts";
import { PersonRate } from "./person-rate.ts";

const rate = new PersonRate({ perSecond: 20, burst: 60 });

const tooOften = () =>
  refused(
    "too_often",
    "Your selection moved too often to be shown to the others. It is shown again in a moment.",
  );

export function takeCursorMove(userId: string): void {
  if (!rate.take(userId, 1)) throw tooOften();
}
