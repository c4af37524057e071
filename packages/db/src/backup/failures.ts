import { sqlState } from "../errors.ts";

/** Names for people what a disk or a database says; anything else passes as it is. */
export function explainFailure(error: unknown, folder: string): unknown {
  const code = sqlState(error);
  const sentence = code === null ? null : sentenceFor(code, folder, messageOf(error));
  return sentence === null ? error : new Error(sentence, { cause: error });
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

function sentenceFor(code: string, folder: string, message: string): string | null {
  if (code === "ENOSPC") {
    return `The disk of ${folder} is full: make room or name a file on another disk, and run it again.`;
  }
  if (code === "53100") {
    return "The database's disk is full: make room there, and run it again.";
  }
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") {
    return `This account may not write in ${folder}: name a file in another folder.`;
  }
  if (code === "ENOENT") return `There is no folder ${folder}, or it went away: make it first.`;
  if (code === "55P03") {
    return "Another program holds the tables for longer than ten seconds: run it again when it is done.";
  }
  if (/^(ECONN|ENOTFOUND|EAI_AGAIN|EHOST|ETIMEDOUT|CONNECT|28|3D|57P)/.test(code)) {
    return `The database cannot be used (${message}): check that it runs, its address, account and password.`;
  }
  return null;
}
