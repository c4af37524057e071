/** The words of plain text in any usual encoding. Without a process of its own: nothing here can go wrong. */
import { decodeText } from "@guildhall/importers/decode-text";
import { MAX_TEXT } from "./reading.ts";

export const MAX_PLAIN_BYTES = 2 * 1024 * 1024;

export function readPlain(bytes: Buffer, type: string): string {
  const { text } = decodeText(bytes, { isCut: true });
  const isMarkup = /html|svg|xml/.test(type);
  return tidy(isMarkup ? text.replace(/<[^<>]*>/g, " ") : text);
}

/** Without what Postgres does not take, and without half a character at the end. */
export const tidy = (text: string) =>
  text.slice(0, MAX_TEXT).replaceAll("\0", " ").toWellFormed().trim();
