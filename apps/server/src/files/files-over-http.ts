import type { IncomingMessage, ServerResponse } from "node:http";
import { refusalOf, statusOf } from "@guildhall/api/server";
import { TRPCError } from "@trpc/server";
import { boundArrival, paces } from "../http/arrival.ts";
import type { Arrivals } from "../http/arrivals.ts";
import { allowListedOrigin, judgeSender } from "../http/call-rules.ts";
import type { Origins } from "../http/origins.ts";
import { readAway } from "../http/read-away.ts";
import { claimRoom } from "../http/read-body.ts";
import { refuse } from "../http/refusal.ts";
import { type Log, logDiskFull } from "../telemetry/logger.ts";
import type { Metrics } from "../telemetry/metrics.ts";

/** What a file costs while it passes: blocks that are filled, written and summed at once. */
const FILE_BYTES = 512 * 1024;

type Options<Context extends object> = {
  createContext: (req: IncomingMessage, res: ServerResponse) => Context;
  whoIs: (context: Context) => Promise<string | null>;
  arrivals: Arrivals;
  answerFile: (context: Context, req: IncomingMessage, res: ServerResponse) => Promise<void>;
  addressOf: (req: IncomingMessage) => string;
  metrics: Pick<Metrics, "diskFull">;
  origins: Origins;
  log: Log;
};

/** What is under `/files/`: who may send is judged as for tRPC, and refusals have tRPC's shape. */
export function createFilesOverHttp<Context extends object>(options: Options<Context>) {
  const { arrivals, origins, log } = options;

  /** Somebody's, and not too many of theirs at once. */
  async function receive(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const context = options.createContext(req, res);
    const whoIs = () => options.whoIs(context);
    const room = claimRoom(arrivals, { req, sender: { address: options.addressOf(req), whoIs } });
    try {
      const refusal = await room.keep(FILE_BYTES);
      if (refusal) {
        void readAway(req, res);
        return refuse(res, refusal);
      }
      await options.answerFile(context, req, res);
    } finally {
      room.end();
    }
  }

  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    allowListedOrigin(req, res, origins);
    if (req.method === "OPTIONS") return void res.writeHead(204).end();
    const stranger = judgeSender(req, origins);
    if (stranger) return refuse(res, stranger);
    try {
      if (req.method === "PUT") await receive(req, res);
      else await options.answerFile(options.createContext(req, res), req, res);
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal || res.headersSent) throw error;
      if (refusal.reason === "disk_full" && error instanceof TRPCError) {
        options.metrics.diskFull();
        logDiskFull(log, error);
      } else if (statusOf(refusal.reason) < 500)
        log.info({ reason: refusal.reason }, "A file was refused.");
      else log.warn({ reason: refusal.reason, err: error }, "A file couldn't be stored or served.");
      refuse(res, refusal);
      boundArrival(req, paces.call);
      void readAway(req, res);
    }
  };
}
