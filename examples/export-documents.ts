/**
 * Saves all documents of a workspace that the token's person may see, with their files, as a zip of
 * Markdown that can be imported again.
 *
 *     GUILDHALL_TOKEN=… node examples/export-documents.ts <workspace id> handbook.zip
 */
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

const { GUILDHALL_URL = "http://127.0.0.1:8001", GUILDHALL_TOKEN = "" } = process.env;
const [workspaceId = "", path = ""] = process.argv.slice(2);

const headers = { authorization: `Bearer ${GUILDHALL_TOKEN}` };
const answer = await fetch(`${GUILDHALL_URL}/files/exports/${workspaceId}`, { headers });
if (!answer.ok || !answer.body) throw new Error(await answer.text());
const file = createWriteStream(path);
await pipeline(Readable.fromWeb(answer.body), file);
console.log(`saved ${file.bytesWritten} bytes`);
