import type { RouterOutputs } from "@guildhall/api/client";

export type Me = RouterOutputs["auth"]["me"];
