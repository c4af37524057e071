import type { Transaction } from "@tiptap/pm/state";
import { ReplaceAroundStep, ReplaceStep } from "@tiptap/pm/transform";

/** Whether blocks were split, joined, wrapped, moved or turned into others: more than words changed. */
export const isStructural = (tr: Transaction): boolean =>
  tr.steps.some((step, i) => {
    if (step instanceof ReplaceAroundStep) return true;
    if (!(step instanceof ReplaceStep)) return false;
    const { slice, from, to } = step;
    if (slice.content.firstChild?.isBlock) return true;
    const before = tr.docs[i];
    return !before?.resolve(from).sameParent(before.resolve(to));
  });
