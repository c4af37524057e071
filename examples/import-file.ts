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

const fileIds: string[] = [];
for (const path of paths) {
  const form = new FormData();
  form.set("file", await openAsBlob(path), basename(path));
  const { id, name, size } = await guildhall.imports.upload.mutate(form);
  fileIds.push(id);
  console.log(`uploaded ${name}, ${size} bytes`);
}

const { id } = await guildhall.imports.start.mutate({ projectId, fileIds });
let run = await guildhall.imports.get.query({ id });
while (!run.finishedAt) {
  await wait(300);
  run = await guildhall.imports.get.query({ id });
  console.log(`${run.state} ${run.done} of ${run.total}`);
}

if (run.error) console.error(run.error.message);
const report = run.kind === "tasks" ? run.report : null;
for (const { place, message } of report?.problems ?? []) console.log(`${place}: ${message}`);
console.log(report && `${report.created} new, ${report.unchanged} unchanged`);
process.exitCode = run.state === "done" ? 0 : 1;
