import type { IncomingMessage, ServerResponse } from "node:http";
import { refusalOf } from "@guildhall/api/server";
import { boundArrival } from "./arrival.ts";
import { allowListedOrigin, judgeSender } from "./call-rules.ts";
import type { Log } from "./logger.ts";
import type { Origins } from "./origins.ts";
import { refuse } from "./refusal.ts";

type Options = {
  answerFile: (req: IncomingMessage, res: ServerResponse) => Promise<void>;
  origins: Origins;
  log: Log;
};

/** What is under `/files/`: who may send is judged as for tRPC, and refusals have tRPC's shape. */
export function createFilesOverHttp({ answerFile, origins, log }: Options) {
  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    allowListedOrigin(req, res, origins);
    if (req.method === "OPTIONS") return void res.writeHead(204).end();
    const stranger = judgeSender(req, origins);
    if (stranger) return refuse(res, stranger);
    try {
      await answerFile(req, res);
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal || res.headersSent) throw error;
      if (refusal.status < 500) log.info({ reason: refusal.reason }, "A file was refused.");
      else log.warn({ reason: refusal.reason, err: error }, "A file could not be kept or given.");
      refuse(res, refusal);
      // Read away: browsers look for an answer only when they have sent everything.
      req.resume();
      boundArrival(req);
    }
  };
}
