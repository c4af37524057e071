import type { Services } from "../../core/context.ts";
import { refused } from "../../core/errors.ts";
import { MAX_FILE_BYTES } from "./store-file.ts";

const MB = 1024 ** 2;

/** In bytes: what an administrator allows of one file that stays; what is only imported has the store's bound. */
export async function mostBytes(
  { settings }: Pick<Services, "settings">,
  isForImport: boolean,
): Promise<number> {
  if (isForImport) return MAX_FILE_BYTES;
  return Math.min(MAX_FILE_BYTES, (await settings.read()).uploadMb * MB);
}

export const fileTooLarge = (most: number) =>
  refused("file_too_large", `Nothing was uploaded: files can be up to ${inWords(most / MB)}.`);

const inWords = (mb: number) => (mb % 1024 === 0 ? `${mb / 1024} GB` : `${mb} MB`);
