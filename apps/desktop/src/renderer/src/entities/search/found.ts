import type { RouterOutputs } from "@guildhall/api/client";

export type Found = RouterOutputs["search"]["find"]["items"][number];

type Answer = RouterOutputs["search"]["find"];

/** The server didn't answer: these are from what is kept on this device, and there may be more. */
export const isFromDevice = (answer: Answer | undefined): boolean =>
  answer !== undefined && "isFromDevice" in answer;
