import { defineView } from "@/sync/define-mutation.ts";

/** Directly behind `afterId`, else before `beforeId`, else last. */
export type FavouritePlace = { afterId?: string | undefined; beforeId?: string | undefined };

export const favouriteView = defineView<{ ids: string[] }>("favourites");
