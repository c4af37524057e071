import { notify } from "@/ui/overlays/toast.ts";
import { errorWords } from "./format-error.ts";

/** For an act that was asked of the server and has no place of its own for its error. */
export const tellFailure = (title: string) => (error: unknown) => {
  notify({ title, description: errorWords(error), tone: "failed" });
};
