/** tRPC as its guide says: an async generator over an emitter for each subscriber, and superjson. */
import { EventEmitter, on } from "node:events";
import { initTRPC, tracked } from "@trpc/server";
import { applyWSSHandler } from "@trpc/server/adapters/ws";
import superjson from "superjson";
import { WebSocketServer } from "ws";
import { makeChange } from "./change.ts";
import { serve } from "./serve.ts";

const emitter = new EventEmitter().setMaxListeners(0);
const t = initTRPC.create({ transformer: superjson });
const router = t.router({
  changes: t.router({
    onChange: t.procedure.subscription(async function* ({ signal }) {
      for await (const [change] of on(emitter, "change", { signal })) {
        yield tracked(String(change.seq), change);
      }
    }),
  }),
});
let seq = 0;
const server = serve("plain tRPC", (extra) => emitter.emit("change", makeChange(++seq, extra)));
applyWSSHandler({ wss: new WebSocketServer({ server, perMessageDeflate: false }), router });
