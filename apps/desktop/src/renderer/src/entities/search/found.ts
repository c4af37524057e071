import type { RouterOutputs } from "@guildhall/api/client";

export type Found = RouterOutputs["search"]["find"]["items"][number];
