/**
 * Imports the files of one export into a project, and may be run again: what has not changed in
 * the source since stays as it is here.
 *
 *     GUILDHALL_TOKEN=… node examples/import-file.ts <project id> issues.json comments.json
 */
import { openAsBlob } from "node:fs";
import { basename } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { createClient } from "@guildhall/api/client";

const { GUILDHALL_URL = "http://127.0.0.1:8001", GUILDHALL_TOKEN = "" } = process.env;
const [projectId = "", ...paths] = process.argv.slice(2);
const guildhall = createClient({ url: GUILDHALL_URL, token: GUILDHALL_TOKEN });
const { workspaceId } = await guildhall.projects.get.query({ id: projectId });

const fileIds: string[] = [];
for (const path of paths) {
  const id = crypto.randomUUID();
  const query = new URLSearchParams({ forImport: workspaceId, name: basename(path) });
  const headers = { authorization: `Bearer ${GUILDHALL_TOKEN}` };
  const body = await openAsBlob(path);
  const sent = await fetch(`${GUILDHALL_URL}/files/${id}?${query}`, {
    method: "PUT",
    headers,
    body,
  });
  if (!sent.ok) throw new Error(await sent.text());
  fileIds.push(id);
  console.log(`uploaded ${basename(path)}, ${body.size} bytes`);
}

const { id } = await guildhall.imports.start.mutate({ projectId, fileIds });
let run = await guildhall.imports.get.query({ id });
for (; !run.finishedAt; run = await guildhall.imports.get.query({ id })) {
  console.log(`${run.state} ${run.done} of ${run.total}`);
  await wait(300);
}
if (run.error) console.error(run.error.message);
const report = run.kind === "tasks" ? run.report : null;
for (const { place, message } of report?.problems ?? []) console.log(`${place}: ${message}`);
console.log(report && `${report.created} new, ${report.unchanged} unchanged`);
process.exitCode = run.state === "done" ? 0 : 1;
