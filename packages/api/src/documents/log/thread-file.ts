import { workerFile } from "../../jobs/bounded-worker.ts";

export const threadFile = workerFile(import.meta.url, "document-thread");
