import { mutationsOf } from "@/sync/define-mutation.ts";
import { type Follow, followKey, followView } from "./follow-view.ts";

const defineMutation = mutationsOf(followView);

export const setFollow = defineMutation("follows.set", {
  label: (label: string) => label,
  apply: (view, { id, state = null }, edit) => {
    if (edit.isRefused || id !== view.about.id) return;
    const isFollowing = state === null ? view.follow.isFollowing : state === "follow";
    view.follow = { state, isFollowing };
  },
  onAnswer: (tx, { subject: { entity, id }, state }) => {
    const key = followKey({ entity, id });
    if (state) tx.update(key, () => ({ state, isFollowing: state === "follow" }));
    else tx.invalidateCached(key);
  },
  inverse: ({ input: { entity, id, state } }, was: Follow["state"]) => ({
    mutation: "follows.set",
    input: { entity, id, state: was },
    was: state,
  }),
});
