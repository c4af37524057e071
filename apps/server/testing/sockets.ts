import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type ClientOptions, createClient, type FeedEvent } from "@guildhall/api/client";
import {
  type ApiConfig,
  answerFile,
  answerProvider,
  answerUnsubscribe,
  appRouter,
  createContext,
  type FileStore,
} from "@guildhall/api/server";
import { startTestApi, type TestPerson } from "@guildhall/testing/api";
import { createArrivals } from "../src/http/arrivals.ts";
import { createHttpServer } from "../src/http/http.ts";
import { createOrigins } from "../src/http/origins.ts";
import { attachWebSockets, type WsLimits } from "../src/sockets/ws.ts";
import { createLog } from "../src/telemetry/logger.ts";
import { testOperations } from "./operations.ts";

const LIMITS: WsLimits = {
  maxConnections: 1_000,
  maxSubscriptions: 100,
  heartbeatSeconds: 20,
};

/** The whole api behind real sockets, in this process, with clients that follow a workspace. */
export async function startTestSockets(
  limits: Partial<WsLimits> = {},
  files?: FileStore,
  config: Partial<ApiConfig> = {},
) {
  const api = await startTestApi(config, files ? { files } : {});
  const log = createLog("silent");
  const origins = createOrigins({ publicUrl: undefined, listed: [] });
  const clientAddress = "127.0.0.1";
  const arrivals = createArrivals();
  const whoIs = async ({ findActor }: ReturnType<typeof createContext>) =>
    (await findActor())?.user.id ?? null;
  const contextOf = (req: IncomingMessage, res: ServerResponse) =>
    createContext(api.services, { req, res, clientAddress });
  const server = createHttpServer({
    ...testOperations(),
    router: appRouter,
    webFolder: "/nowhere",
    origins,
    log,
    ready: () => api.services.ready(),
    createContext: contextOf,
    whoIs,
    takesLargePush: () => true,
    arrivals,
    answerFile,
    answerProvider,
    answerUnsubscribe,
  });
  const sockets = attachWebSockets({
    server,
    router: appRouter,
    origins,
    log,
    limits: { ...LIMITS, ...limits },
    bounds: () => api.services.settings.last,
    createContext: (req, connectionParams, socket) =>
      createContext(api.services, { req, connectionParams, socket, clientAddress }),
    whoIs,
    arrivals,
    addressOf: () => clientAddress,
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("It does not listen on a port.");
  const url = `http://127.0.0.1:${address.port}`;
  return {
    api,
    url,
    sockets,
    follow: (person: TestPerson, input: FollowInput, options: Partial<ClientOptions> = {}) =>
      follow({ url, token: person.token, ...options }, input),
    async stop() {
      await sockets.stop(100);
      server.closeAllConnections();
      server.close();
      await api.stop();
    },
  };
}

type FollowInput = { workspaceId: string; lastEventId?: number; epoch?: string };

/** A standard client that follows a workspace: what came so far, and how it ended. */
function follow(options: ClientOptions, input: FollowInput) {
  const client = createClient(options);
  const events: FeedEvent[] = [];
  const { promise: ended, resolve } = Promise.withResolvers<string>();
  const subscription = client.changes.onChange.subscribe(input, {
    onData: ({ data }) => void events.push(data),
    onError: (error) => resolve(String(error.data?.reason)),
    onComplete: () => resolve("complete"),
  });
  return {
    client,
    events,
    ended,
    last: () => events.at(-1)?.seq ?? 0,
    async close() {
      subscription.unsubscribe();
      await client.close();
    },
  };
}
