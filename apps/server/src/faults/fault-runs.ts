/** Every fault that we hold Guildhall to. */
import { cutClients } from "./cut-clients-run.ts";
import { cutUpload } from "./cut-upload-run.ts";
import type { FaultRun } from "./fault-run.ts";
import { killedServer } from "./killed-server-run.ts";
import { killedWorkers } from "./killed-workers-run.ts";
import { pausedReader } from "./paused-reader-run.ts";
import { silentRedis } from "./silent-redis-run.ts";
import { stoppedPostgres } from "./stopped-postgres-run.ts";
import { stoppedStore } from "./stopped-store-run.ts";
import { jitteryEditors, killedUnderEditors, twoWorkersUnderEditors } from "./typing-run.ts";

export const faultRuns: FaultRun[] = [
  killedServer,
  killedWorkers,
  silentRedis,
  stoppedPostgres,
  cutClients,
  pausedReader,
  killedUnderEditors,
  twoWorkersUnderEditors,
  jitteryEditors,
  cutUpload,
  stoppedStore,
];
