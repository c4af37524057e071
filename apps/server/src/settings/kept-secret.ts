import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

/** All there are: a backup takes them along. */
export const KEPT_SECRETS = ["jwt-secret"] as const;

/**
 * A secret nobody gave: made once and kept in the data folder, readable by its owner only. Written
 * aside and linked into place, so that it is whole or absent, and two first starts agree on one.
 */
export function keptSecret(dataFolder: string, name: (typeof KEPT_SECRETS)[number]): string {
  const file = path.join(dataFolder, name);
  const kept = readSecret(file);
  if (kept) return kept;
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const aside = `${file}.${process.pid}`;
  writeFileSync(aside, `${randomBytes(48).toString("base64url")}\n`, { mode: 0o600 });
  try {
    linkSync(aside, file);
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw error;
  } finally {
    unlinkSync(aside);
  }
  const made = readSecret(file);
  if (!made) throw new Error(`${file} is empty. Delete it, and Guildhall creates a new one.`);
  return made;
}

function readSecret(file: string): string | null {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    if (isCode(error, "ENOENT")) return null;
    throw error;
  }
}

const isCode = (error: unknown, code: string) =>
  error instanceof Error && "code" in error && error.code === code;
