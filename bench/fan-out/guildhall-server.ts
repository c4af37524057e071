/**
 * Guildhall's own services and sockets, on a Postgres with a workspace of 500 members. A change is
 * rung as it is after a commit, so that what is measured is the way from there to the sockets; with
 * REDIS_URL it comes from another program, through the bus.
 */
import { once } from "node:events";
import {
  appRouter,
  createContext,
  createFolderStore,
  createRedisBus,
  createServices,
} from "@guildhall/api/server";
import { schema } from "@guildhall/db";
import { eq } from "drizzle-orm";
import { createArrivals } from "../../apps/server/src/http/arrivals.ts";
import { createOrigins } from "../../apps/server/src/http/origins.ts";
import { attachWebSockets } from "../../apps/server/src/sockets/ws.ts";
import { createLog } from "../../apps/server/src/telemetry/logger.ts";
import { apiConfig } from "../api-config.ts";
import { makeChange } from "./change.ts";
import { seedMembers } from "./members.ts";
import { serve } from "./serve.ts";

const { DATABASE_URL = "", REDIS_URL } = process.env;
const log = createLog("error");
const redis = {
  prefix: "bench",
  maxConnections: 2,
  socketTimeoutSeconds: 5,
  retryOnTimeout: false,
  log,
};
const services = await createServices({
  databaseUrl: DATABASE_URL,
  pool: 20,
  files: createFolderStore("/nowhere"),
  ...(REDIS_URL && { bus: await createRedisBus({ ...redis, urls: [REDIS_URL] }) }),
  config: apiConfig(log),
});
/** The program that only writes is given the workspace of the one that is measured. */
const { workspaceId, tokens } = process.env.WORKSPACE_ID
  ? { workspaceId: process.env.WORKSPACE_ID, tokens: [] }
  : await seedMembers(services, 500);
let seq = 0;
const server = serve(
  "Guildhall",
  (extra) => {
    const change = { ...makeChange(++seq, extra), scopeId: null, audienceUserId: null };
    services.feed.notify(workspaceId, [change]);
  },
  async () => {
    // Who comes later begins where the feed is: what was rung here is in no table.
    const { workspaces } = schema;
    await services.db
      .update(workspaces)
      .set({ changeSeq: seq })
      .where(eq(workspaces.id, workspaceId));
    return { workspaceId, tokens };
  },
);
await once(server, "listening");
const clientAddress = "127.0.0.1";
attachWebSockets({
  server,
  router: appRouter,
  origins: createOrigins({ publicUrl: undefined, listed: [] }),
  log,
  limits: {
    maxConnections: 10_000,
    maxSubscriptions: 100,
    heartbeatSeconds: 20,
  },
  bounds: () => ({ connectionsPerPerson: 10_000, messagesPerSecond: 50 }),
  arrivals: createArrivals(),
  addressOf: () => clientAddress,
  createContext: (req, connectionParams, socket) =>
    createContext(services, { req, connectionParams, socket, clientAddress }),
  whoIs: async ({ credentials }) => (await services.authenticate(credentials))?.user.id ?? null,
});
