import { notify } from "@/ui/overlays/toast.ts";
import { formatError } from "./format-error.ts";

/** For a mutation that was asked of the server and has no place of its own for its error. */
export const reportFailure = (title: string) => (error: unknown) => {
  notify({ title, description: formatError(error), tone: "failed" });
};
