/** A crowd of subscribers in a process of its own; told by messages what to do. */
import { openRaw, type RawSocket } from "../raw-socket.ts";
import type { Order, Report } from "./crowd.ts";

type Target = Extract<Order, { type: "open" }>;

const ISO = /"at":"([^"]+)"/;
let delivered = 0;
let late: number[] = [];
let closed = 0;
let ready = 0;
const sockets = new Set<RawSocket>();
/** When each socket was ready again after `drop`, in ms. */
let back: number[] = [];
let droppedAt = 0;
let target: Target | null = null;

const paths = {
  ws: "/",
  "socket.io": "/socket.io/?EIO=4&transport=websocket",
  "plain tRPC": "/",
  guildhall: "/trpc?connectionParams=1",
};

function join(to: Target, n: number, attempt = 0) {
  const { kind } = to;
  const url = new URL(paths[kind], to.url);
  let isReady = false;
  const beReady = () => {
    if (isReady) return;
    isReady = true;
    ready++;
    if (droppedAt) back.push(performance.now() - droppedAt);
  };
  const socket = openRaw(url, {
    onOpen(raw) {
      if (kind === "ws") beReady();
      if (kind === "socket.io") raw.send("40");
      if (kind === "guildhall") {
        const token = to.tokens[n % to.tokens.length];
        raw.send(JSON.stringify({ method: "connectionParams", data: { token } }));
      }
      if (kind === "guildhall" || kind === "plain tRPC") {
        const input = { json: { workspaceId: to.workspaceId } };
        const params = { path: "changes.onChange", input };
        raw.send(JSON.stringify({ id: 1, method: "subscription", params }));
      }
    },
    onFrame(payload, raw) {
      if (payload.length < 200) return hear(payload.toString(), raw);
      delivered++;
      // The end of the frame holds when it was sent; every eighth is enough for a distribution.
      if (delivered % 8 !== 0) return;
      const at = ISO.exec(payload.toString("latin1"))?.[1];
      if (at) late.push(Date.now() - Date.parse(at));
    },
    onClose() {
      sockets.delete(socket);
      if (isReady) ready--;
      closed++;
      if (!droppedAt) return;
      // As the standard client does: at once, then with full jitter.
      const delay = isReady ? 0 : Math.random() * Math.min(10_000, 250 * 2 ** attempt);
      setTimeout(() => join(to, n, isReady ? 0 : attempt + 1), delay);
    },
  });
  sockets.add(socket);

  function hear(text: string, raw: RawSocket) {
    if (text === "PING") return raw.send("PONG");
    if (kind === "socket.io" && text === "2") return raw.send("3");
    const isWelcome =
      kind === "guildhall"
        ? text.includes('"live"')
        : kind === "plain tRPC"
          ? text.includes('"started"')
          : text.startsWith("40");
    if (isWelcome) beReady();
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function open(to: Target) {
  target = to;
  const want = ready + to.count;
  for (let n = 0; n < to.count; n++) {
    join(to, n);
    if (n % 50 === 49) await pause(10);
  }
  const until = performance.now() + 120_000;
  while (ready < want && performance.now() < until) await pause(20);
}

async function drop() {
  const all = [...sockets];
  back = [];
  droppedAt = performance.now();
  for (const socket of all) socket.destroy();
  const until = performance.now() + 60_000;
  while (back.length < all.length * 0.99 && performance.now() < until) await pause(20);
}

process.on("message", async (order: Order) => {
  if (order.type === "open") await open(order);
  if (order.type === "drop") await drop();
  if (order.type === "pause") [...sockets][0]?.pause();
  if (order.type === "report") {
    const report: Report = { delivered, late, closed, ready, back, target: target?.kind ?? null };
    delivered = 0;
    late = [];
    closed = 0;
    process.send?.(report);
    return;
  }
  process.send?.("done");
});
