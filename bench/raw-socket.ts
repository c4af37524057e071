/**
 * A WebSocket client that costs next to nothing: thousands of them share a machine with the server
 * that is measured. Knows whole, unfragmented frames only, as all servers here send them.
 */
import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";

export type RawSocket = {
  send(text: string): void;
  pause(): void;
  resume(): void;
  destroy(): void;
};

type Handlers = {
  onOpen(socket: RawSocket): void;
  onFrame(payload: Buffer, socket: RawSocket): void;
  onClose(): void;
};

export function openRaw(url: URL, handlers: Handlers): RawSocket {
  const socket = connect(Number(url.port), url.hostname);
  socket.setNoDelay(true);
  const raw: RawSocket = {
    send: (text) => void socket.write(maskedText(text)),
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
    destroy: () => void socket.destroy(),
  };
  socket.on("connect", () => socket.write(upgrade(url)));
  socket.on("error", () => {});
  socket.on("close", () => handlers.onClose());
  readFrames(
    socket,
    () => handlers.onOpen(raw),
    (payload) => handlers.onFrame(payload, raw),
  );
  return raw;
}

const upgrade = (url: URL) =>
  [
    `GET ${url.pathname}${url.search} HTTP/1.1`,
    `host: ${url.host}`,
    "connection: Upgrade",
    "upgrade: websocket",
    "sec-websocket-version: 13",
    `sec-websocket-key: ${randomBytes(16).toString("base64")}`,
    "\r\n",
  ].join("\r\n");

function readFrames(socket: Socket, onOpen: () => void, onFrame: (payload: Buffer) => void) {
  let rest: Buffer = Buffer.alloc(0);
  let isOpen = false;
  socket.on("data", (chunk: Buffer) => {
    let data = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    if (!isOpen) {
      const end = data.indexOf("\r\n\r\n");
      if (end < 0 || !data.subarray(0, 12).toString().endsWith(" 101")) {
        if (end >= 0) socket.destroy();
        rest = data;
        return;
      }
      isOpen = true;
      data = data.subarray(end + 4);
      onOpen();
    }
    let at = 0;
    for (let frame = frameAt(data, at); frame; frame = frameAt(data, at)) {
      if ((frame.opcode & 8) === 0) onFrame(data.subarray(frame.start, frame.end));
      at = frame.end;
    }
    rest = data.subarray(at);
  });
}

function frameAt(data: Buffer, at: number) {
  if (data.length < at + 2) return null;
  const short = data.readUInt8(at + 1) & 127;
  const head = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (data.length < at + head) return null;
  const length =
    head === 2
      ? short
      : head === 4
        ? data.readUInt16BE(at + 2)
        : Number(data.readBigUInt64BE(at + 2));
  const start = at + head;
  if (data.length < start + length) return null;
  return { opcode: data.readUInt8(at) & 15, start, end: start + length };
}

/** Clients mask what they send; the mask of nought leaves it as it is. */
function maskedText(text: string): Buffer {
  const body = Buffer.from(text);
  const isShort = body.length < 126;
  const head = Buffer.alloc(isShort ? 6 : 8);
  head[0] = 0x81;
  head[1] = 0x80 | (isShort ? body.length : 126);
  if (!isShort) head.writeUInt16BE(body.length, 2);
  return Buffer.concat([head, body]);
}
