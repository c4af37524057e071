/**
 * Imports a zip of a folder of Markdown, HTML and Word, or one such file, into the tree of a workspace.
 *
 *     GUILDHALL_TOKEN=… node examples/import-documents.ts <workspace id> handbook.zip
 */
import { openAsBlob } from "node:fs";
import { basename } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { createClient } from "@guildhall/api/client";

const { GUILDHALL_URL = "http://127.0.0.1:8001", GUILDHALL_TOKEN = "" } = process.env;
const [workspaceId = "", path = ""] = process.argv.slice(2);
const guildhall = createClient({ url: GUILDHALL_URL, token: GUILDHALL_TOKEN });

const fileId = crypto.randomUUID();
const query = new URLSearchParams({ forImport: workspaceId, name: basename(path) });
const headers = { authorization: `Bearer ${GUILDHALL_TOKEN}` };
const address = `${GUILDHALL_URL}/files/${fileId}?${query}`;
const sent = await fetch(address, { method: "PUT", headers, body: await openAsBlob(path) });
if (!sent.ok) throw new Error(await sent.text());

const { id } = await guildhall.imports.startDocuments.mutate({ workspaceId, fileId });
let run = await guildhall.imports.get.query({ id });
for (; !run.finishedAt; run = await guildhall.imports.get.query({ id })) {
  console.log(`${run.state} ${run.done} of ${run.total}`);
  await wait(300);
}
if (run.error) console.error(run.error.message);
const report = run.kind === "documents" ? run.report : null;
for (const problem of report?.problems ?? []) console.log(`${problem.path}: ${problem.message}`);
console.log(report && `${report.documents} documents, ${report.files} files`);
process.exitCode = run.state === "done" ? 0 : 1;
