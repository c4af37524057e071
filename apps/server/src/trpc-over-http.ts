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
import { sendWhole } from "./answer.ts";
import { type Log, logFailure } from "./logger.ts";
import { refusals, refuse } from "./refusal.ts";

export const MAX_BATCH = 20;

export type TrpcOptions = {
  router: AnyRouter;
  createContext: (req: IncomingMessage, res: ServerResponse) => object;
  log: Log;
  /** Requests under way at most; the next one is told to come back. */
  maxWaiting: number;
  onTurnedAway: () => void;
};

export type TrpcCall = {
  req: IncomingMessage;
  res: ServerResponse;
  path: string;
  maxBodySize: number;
  /** Its body is a file, which may take minutes to arrive. */
  isUpload: boolean;
  /** Told what is called, once that is known. */
  onInfo: (info: TRPCRequestInfo) => void;
};

export function createTrpcOverHttp(options: TrpcOptions) {
  let underWay = 0;

  async function answer(call: TrpcCall): Promise<void> {
    const { req, res, isUpload } = call;
    if (!isUpload && req.method === "POST") {
      const body = await readBody(req, call.maxBodySize);
      if (body === "gone") return;
      if (body === "too large") return refuse(res, refusals.tooLarge);
      Object.assign(req, { body });
    }
    // Counted from here: what a slow sender has not sent yet is no work of ours.
    if (underWay >= options.maxWaiting) {
      options.onTurnedAway();
      return refuse(res, refusals.busy);
    }
    if (isUpload) return send(call, await run(call));
    underWay++;
    let response: Response;
    try {
      response = await run(call);
    } finally {
      underWay--;
    }
    await send(call, response);
  }

  function run({ req, res, path, maxBodySize, onInfo }: TrpcCall): Promise<Response> {
    return resolveResponse({
      router: options.router,
      req: incomingMessageToRequest(req, res, { maxBodySize }),
      path,
      error: null,
      maxBatchSize: MAX_BATCH,
      createContext: async ({ info }) => {
        onInfo(info);
        return options.createContext(req, res);
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

/** All of a body within its bound, as text: procedures take JSON. */
function readBody(req: IncomingMessage, limit: number): Promise<string | "gone" | "too large"> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) return void chunks.push(chunk);
      req.off("data", take).pause();
      resolve("too large");
    };
    req.on("data", take);
    req.once("end", () => resolve(Buffer.concat(chunks).toString()));
    req.once("close", () => resolve("gone"));
  });
}
