/** The words of plain text in any usual encoding. Without a process of its own: nothing here can go wrong. */
import { MAX_TEXT } from "./reading.ts";

export const MAX_PLAIN_BYTES = 2 * 1024 * 1024;

export function readPlain(bytes: Buffer, type: string): string {
  const text = decode(bytes);
  const isMarkup = /html|svg|xml/.test(type);
  return tidy(isMarkup ? text.replace(/<[^<>]*>/g, " ") : text);
}

/** Without what Postgres does not take, and without half a character at the end. */
export const tidy = (text: string) =>
  text.slice(0, MAX_TEXT).replaceAll("\0", " ").toWellFormed().trim();

/** UTF-16 says so at its start; what is no UTF-8 is most likely of one of the old western sets. */
function decode(bytes: Buffer): string {
  const mark = bytes.toString("latin1", 0, 2);
  if (mark === "\xff\xfe") return new TextDecoder("utf-16le").decode(bytes);
  if (mark === "\xfe\xff") return new TextDecoder("utf-16be").decode(bytes);
  const text = new TextDecoder("utf-8").decode(bytes, { stream: true });
  return text.includes("\ufffd") ? new TextDecoder("windows-1252").decode(bytes) : text;
}
