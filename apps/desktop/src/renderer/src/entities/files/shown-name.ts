import { shownName } from "@guildhall/api/client";

/** Within a sentence: of bounded length, and without turning what stands around it. */
export function formatFileName(name: string): string {
  const letters = [...shownName(name)];
  const short =
    letters.length > 60
      ? `${letters.slice(0, 40).join("")}…${letters.slice(-16).join("")}`
      : letters.join("");
  return `\u2068${short}\u2069`;
}
