/** socket.io, WebSocket only; with REDIS_URL through its Redis adapter, as one of several servers. */
import { createAdapter } from "@socket.io/redis-adapter";
import { Redis } from "ioredis";
import { Server } from "socket.io";
import { makeChange } from "./change.ts";
import { serve } from "./serve.ts";

let seq = 0;
const server = serve("socket.io", (extra) => io.emit("change", makeChange(++seq, extra)));
const { REDIS_URL } = process.env;
const io = new Server(server, {
  transports: ["websocket"],
  ...(REDIS_URL && { adapter: createAdapter(new Redis(REDIS_URL), new Redis(REDIS_URL)) }),
});
