import { sqlState } from "../errors.ts";

/** Names for people what a disk or a database says; anything else passes as it is. */
export function explainFailure(error: unknown, folder: string): unknown {
  const code = sqlState(error);
  const sentence = code === null ? null : sentenceFor(code, folder, messageOf(error));
  return sentence === null ? error : new Error(sentence, { cause: error });
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

function sentenceFor(code: string, folder: string, message: string): string | null {
  if (code === "ENOSPC" || code === "EDQUOT") {
    return `The disk of ${folder} is full. Free up space or choose a file on another disk, then try again.`;
  }
  if (code === "53100") {
    return "The database's disk is full. Free up space, then try again.";
  }
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") {
    return `This user doesn't have permission to write to ${folder}. Choose a file in another folder.`;
  }
  if (code === "ENOENT") return `The folder ${folder} doesn't exist. Create it first.`;
  if (code === "55P03") {
    return "Another program has locked the tables for more than ten seconds. Try again when it has finished.";
  }
  if (/^(ECONN|ENOTFOUND|EAI_AGAIN|EHOST|ETIMEDOUT|CONNECT|28|3D|57P)/.test(code)) {
    return `Couldn't connect to the database (${message}). Check that it's running, and its address, user and password.`;
  }
  return null;
}
