import { expect, test } from "vitest";
import {
  arrived,
  isUnsaved,
  keepBoth,
  keepMine,
  refusedSave,
  saved,
  startDraft,
  takeTheirs,
  typed,
} from "./description-draft.ts";

test("what one saves comes back without a word, also after more was typed", () => {
  let draft = typed(startDraft("a"), "ab");
  expect(isUnsaved(draft)).toBe(true);
  draft = typed(saved(draft), "abc");
  draft = arrived(draft, "ab", true);
  expect(draft).toMatchObject({ text: "abc", base: "ab", theirs: null });
  draft = arrived(saved(draft), "abc", false);
  expect(isUnsaved(draft)).toBe(false);
});

test("somebody else's change is taken over while nothing of mine would be lost", () => {
  expect(arrived(startDraft("a"), "theirs", false).text).toBe("theirs");
});

test("while I type it is a conflict, and nothing is to be saved", () => {
  const draft = arrived(typed(startDraft("a"), "mine"), "theirs", false);
  expect(draft).toMatchObject({ text: "mine", theirs: "theirs" });
  expect(isUnsaved(draft)).toBe(false);
});

test("a change that comes while my save is on its way waits for the answer", () => {
  const sending = saved(typed(startDraft("a"), "mine"));
  const waiting = arrived(sending, "theirs", true);
  expect(waiting).toEqual(sending);
  expect(arrived(waiting, "theirs", false).text).toBe("theirs");
  expect(arrived(refusedSave(waiting, "a"), "theirs", false).theirs).toBe("theirs");
});

test("of a conflict there are three ways out, each growing from theirs", () => {
  const draft = arrived(typed(startDraft("a"), "mine"), "theirs", false);
  expect(keepMine(draft)).toMatchObject({ text: "mine", base: "theirs", theirs: null });
  expect(takeTheirs(draft)).toMatchObject({ text: "theirs", base: "theirs", theirs: null });
  expect(keepBoth(draft).text).toBe("mine\n\n---\n\ntheirs");
});
