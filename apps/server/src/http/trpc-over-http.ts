/**
 * tRPC's own adapter for node writes its answer to the socket as it goes; ours holds the whole answer
 * before it sends it, so that it can be compressed, compared with what the client has, and counted.
 * What comes bit by bit (subscriptions, streamed batches) is passed on as it comes.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { sendStream } from "@guildhall/api/server";
import type { AnyRouter } from "@trpc/server";
import { incomingMessageToRequest } from "@trpc/server/adapters/node-http";
import { resolveResponse, type TRPCRequestInfo } from "@trpc/server/http";
import { type Log, logFailure } from "../telemetry/logger.ts";
import { sendWhole } from "./answer.ts";
import type { Arrivals } from "./arrivals.ts";
import { readAway } from "./read-away.ts";
import { readBody, type Sender } from "./read-body.ts";
import { type Refusal, refusals, refuse } from "./refusal.ts";

export const MAX_BATCH = 20;

export type TrpcOptions<Context extends object> = {
  router: AnyRouter;
  createContext: (req: IncomingMessage, res: ServerResponse) => Context;
  /** Whose context this is, by id; null for nobody's. */
  whoIs: (context: Context) => Promise<string | null>;
  /** Whether a large push of this account would be looked at now. */
  takesLargePush: (userId: string) => boolean;
  /** What is on its way, counted. */
  arrivals: Arrivals;
  log: Log;
  /** Requests under way at most; the next one is told to come back. */
  maxWaiting: number;
  onTurnedAway: () => void;
};

export type TrpcCall = {
  req: IncomingMessage;
  res: ServerResponse;
  path: string;
  address: string;
  maxBodySize: number;
  /** It brings an update of a document, by itself or among others. */
  isPush: boolean;
  /** Told what is called, once that is known. */
  onInfo: (info: TRPCRequestInfo) => void;
};

export function createTrpcOverHttp<Context extends object>(options: TrpcOptions<Context>) {
  const { arrivals } = options;
  let underWay = 0;

  async function answer(call: TrpcCall): Promise<void> {
    const { req, res } = call;
    let made: Context | undefined;
    const context = () => {
      made ??= options.createContext(req, res);
      return made;
    };
    const whoIs = () => options.whoIs(context());
    const sender: Sender = {
      address: call.address,
      whoIs,
      // Reading and parsing what is refused in any case would hold up everybody's calls.
      ...(call.isPush && { takesLong: options.takesLargePush }),
    };
    if (req.method !== "POST") return answerRead(call, context);
    const body = await readBody(arrivals, { req, sender, limit: call.maxBodySize });
    if (body === null) return;
    if ("reason" in body) return turnAway(call, body);
    Object.assign(req, { body: body.text });
    try {
      await answerRead(call, context);
    } finally {
      body.done();
    }
  }

  /** Counted from here: what a slow sender has not sent yet is no work of ours. */
  async function answerRead(call: TrpcCall, context: () => Context): Promise<void> {
    if (underWay >= options.maxWaiting) return turnAway(call, refusals.busy);
    underWay++;
    let response: Response;
    try {
      response = await run(call, context);
    } finally {
      underWay--;
    }
    await send(call, response);
  }

  function turnAway({ req, res }: TrpcCall, refusal: Refusal): void {
    if (refusal === refusals.busy) options.onTurnedAway();
    void readAway(req, res);
    refuse(res, refusal);
  }

  function run({ req, res, path, maxBodySize, onInfo }: TrpcCall, context: () => Context) {
    return resolveResponse({
      router: options.router,
      req: incomingMessageToRequest(req, res, { maxBodySize }),
      path,
      error: null,
      maxBatchSize: MAX_BATCH,
      createContext: async ({ info }) => {
        onInfo(info);
        return context();
      },
      onError: ({ error, path: procedure }) => logFailure(options.log, error, procedure),
    });
  }

  return { answer, underWay: () => underWay };
}

async function send({ req, res }: TrpcCall, response: Response): Promise<void> {
  res.statusCode = response.status;
  for (const [name, value] of response.headers) {
    if (name === "vary") res.appendHeader(name, value);
    else res.setHeader(name, value);
  }
  if (!response.body) return void res.end();
  if (response.headers.has("transfer-encoding") || isEventStream(response)) {
    return sendStream(response.body, res);
  }
  const keepable = req.method === "GET" && res.statusCode === 200 && !res.hasHeader("set-cookie");
  await sendWhole(req, res, Buffer.from(await response.arrayBuffer()), { keepable });
}

const isEventStream = ({ headers }: Response) =>
  headers.get("content-type")?.startsWith("text/event-stream") ?? false;
