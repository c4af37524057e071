/** Every fault that we hold Guildhall to. */
import { cutClients } from "./runs/cut-clients-run.ts";
import { cutUpload } from "./runs/cut-upload-run.ts";
import type { FaultRun } from "./runs/fault-run.ts";
import { killedBeforeMail } from "./runs/killed-before-mail-run.ts";
import { killedServer } from "./runs/killed-server-run.ts";
import { killedWorkers } from "./runs/killed-workers-run.ts";
import { pausedReader } from "./runs/paused-reader-run.ts";
import { silentRedis } from "./runs/silent-redis-run.ts";
import { stoppedPostgres } from "./runs/stopped-postgres-run.ts";
import { stoppedStore } from "./runs/stopped-store-run.ts";
import { jitteryEditors, killedUnderEditors, twoWorkersUnderEditors } from "./runs/typing-run.ts";

export const faultRuns: FaultRun[] = [
  killedServer,
  killedBeforeMail,
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
