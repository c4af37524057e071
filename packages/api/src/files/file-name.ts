import { z } from "zod";
import { shownName } from "./shown-name.ts";

const MAX_NAME_BYTES = 255;

/**
 * Any name that a file may have on somebody's disk, kept as it is. Of a path only the last part is a
 * name. What no disk takes is refused: control characters, and halves of characters.
 */
export const fileName = z
  .string()
  .max(4_096)
  .transform((given) => given.slice(given.lastIndexOf("/") + 1))
  .refine((name) => !/^\.{0,2}$/.test(name.trim()), "Enter a file name.")
  .refine((name) => !/\p{Cc}/u.test(name) && name.isWellFormed(), {
    message: "A file name can't contain control characters.",
  })
  .refine((name) => Buffer.byteLength(name) <= MAX_NAME_BYTES, {
    message: `The file name is too long: use at most ${MAX_NAME_BYTES} bytes.`,
  });

/** RFC 6266: the name as it is shown for whoever reads `filename*`, a plain one for the rest. */
export function contentDisposition(kind: "inline" | "attachment", name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  return `${kind}; filename="${plain}"; filename*=UTF-8''${percentEncoded(shownName(name))}`;
}

/** RFC 5987 leaves fewer characters as they are than `encodeURIComponent` does. */
const percentEncoded = (name: string) =>
  encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
