import type { RouterOutputs } from "@guildhall/api/client";
import { defineView } from "@/sync/define-mutation.ts";
import { queryKey } from "@/sync/procedures.ts";

export type Followed = { entity: "task" | "document" | "project"; id: string };
export type Follow = RouterOutputs["follows"]["get"];

export const followKey = ({ entity, id }: Followed) => queryKey("follows.get", { entity, id });

/** Of one thing; `follow` is replaced. */
export const followView = defineView<{ about: Followed; follow: Follow }>("follow");
