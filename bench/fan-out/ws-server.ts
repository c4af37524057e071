/** The yardstick: `ws` sends one ready text frame to everybody. */
import { WebSocketServer } from "ws";
import { makeChange } from "./change.ts";
import { serve } from "./serve.ts";

let seq = 0;
const server = serve("ws", (extra) => {
  const change = makeChange(++seq, extra);
  const result = {
    type: "data",
    id: String(seq),
    data: { json: { id: String(seq), data: change } },
  };
  const frame = Buffer.from(JSON.stringify({ id: 1, result }));
  for (const client of wss.clients) client.send(frame, { binary: false });
});
const wss = new WebSocketServer({ server, perMessageDeflate: false });
