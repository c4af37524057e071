/**
 * A network that misbehaves on request: a TCP proxy between clients and a server, on 127.0.0.1.
 *
 * `freeze` takes what either side sends and passes nothing on, so that each goes on as if the other
 * were there and silent: a laptop that sleeps, a router that forgot the connection. `throttle`
 * reads only that much a second, so that the sender's own buffers fill up: a slow reader.
 */
import { once } from "node:events";
import { createConnection, createServer, type Socket } from "node:net";

export type LinkFault = {
  /** Milliseconds that each piece waits. */
  delay?: number;
  /** Milliseconds that it may wait on top of that. */
  jitter?: number;
  /** Bytes a second and direction; 0 takes nothing at all. */
  throttle?: number;
  frozen?: boolean;
};

export class Link {
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #lanes: Lane[];
  #own: LinkFault | null = null;
  /** Whether the client asked for a WebSocket on it. */
  isWebSocket = false;
  /** Resolves when the server's side is closed, by the server or by a cut. */
  readonly closedByServer: Promise<void>;
  /** Both sides are gone. */
  readonly closed: Promise<void>;

  constructor(client: Socket, server: Socket, common: () => LinkFault, random: () => number) {
    const fault = () => this.#own ?? common();
    this.#client = client;
    this.#server = server;
    client.on("data", (bytes: Buffer) => {
      // Not always the first request: a client may use a connection that it has kept.
      this.isWebSocket ||= /^upgrade: websocket\r$/im.test(bytes.toString("latin1"));
    });
    for (const socket of [client, server]) socket.on("error", () => socket.destroy());
    this.#lanes = [
      new Lane(client, server, fault, random),
      new Lane(server, client, fault, random),
    ];
    this.closedByServer = ended(server);
    this.closed = Promise.all([gone(client), gone(server)]).then(() => {});
  }

  /** Ends both sides at once, without a word: what is under way is lost. */
  cut(): void {
    for (const socket of [this.#client, this.#server]) {
      if (socket.connecting) socket.destroy();
      else socket.resetAndDestroy();
    }
  }

  /** This connection alone, whatever the others do; null: as the others again. */
  misbehave(fault: LinkFault | null): void {
    this.#own = fault;
    this.look();
  }

  /** The faults have changed: what was held may go on. */
  look(): void {
    for (const lane of this.#lanes) lane.look();
  }
}

/** One direction: pieces in their order, and then the end. */
class Lane {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #fault: () => LinkFault;
  readonly #random: () => number;
  readonly #held: { bytes: Buffer | null; due: number }[] = [];
  #timer: NodeJS.Timeout | undefined;
  #resume: NodeJS.Timeout | undefined;

  constructor(from: Socket, to: Socket, fault: () => LinkFault, random: () => number) {
    this.#from = from;
    this.#to = to;
    this.#fault = fault;
    this.#random = random;
    from.on("data", (bytes: Buffer) => this.#take(bytes));
    from.once("end", () => this.#take(null));
    from.once("close", (broken) => broken && this.#take(null));
    to.on("drain", () => this.look());
    to.once("close", () => {
      clearTimeout(this.#timer);
      clearTimeout(this.#resume);
      from.destroy();
    });
  }

  #take(bytes: Buffer | null): void {
    const { delay = 0, jitter = 0, throttle } = this.#fault();
    const due = Date.now() + delay + jitter * this.#random();
    this.#held.push({ bytes, due: Math.max(due, this.#held.at(-1)?.due ?? 0) });
    if (bytes && throttle !== undefined) this.#rest(bytes.length, throttle);
    this.look();
  }

  /** Takes no more until these bytes have had their time. */
  #rest(bytes: number, perSecond: number): void {
    this.#from.pause();
    clearTimeout(this.#resume);
    if (perSecond === 0) return;
    this.#resume = setTimeout(() => this.#from.resume(), (bytes / perSecond) * 1_000);
  }

  look(): void {
    clearTimeout(this.#timer);
    const { frozen, throttle } = this.#fault();
    if (throttle === 0) this.#from.pause();
    else if (throttle === undefined) {
      clearTimeout(this.#resume);
      // Who reads slowly on the other side slows the sender down here too.
      if (this.#to.writableNeedDrain && !frozen) this.#from.pause();
      else this.#from.resume();
    } else if (this.#resume === undefined) this.#from.resume();
    if (frozen) return;
    for (let next = this.#held[0]; next; next = this.#held[0]) {
      const wait = next.due - Date.now();
      if (wait > 0) {
        this.#timer = setTimeout(() => this.look(), wait);
        return;
      }
      this.#held.shift();
      if (next.bytes === null) this.#to.end();
      else if (!this.#to.destroyed) this.#to.write(next.bytes);
    }
  }
}

const gone = (socket: Socket) =>
  new Promise<void>((resolve) => void socket.once("close", () => resolve()));
const ended = (socket: Socket) =>
  new Promise<void>((resolve) => {
    socket.once("end", resolve);
    socket.once("close", () => resolve());
  });

export type TestingProxy = Awaited<ReturnType<typeof startTestingProxy>>;

/** `random` decides the jitter: give it seeded dice to play a run again. */
export async function startTestingProxy(targetPort: number, random = Math.random) {
  const links = new Set<Link>();
  let fault: LinkFault = {};
  let refusing = false;
  const server = createServer({ allowHalfOpen: true }, (client) => {
    if (refusing) return client.resetAndDestroy();
    const upstream = createConnection({ port: targetPort, host: "127.0.0.1", allowHalfOpen: true });
    const link = new Link(client, upstream, () => fault, random);
    links.add(link);
    link.look();
    link.closed.then(() => links.delete(link));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("It does not listen on a port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    /** What is connected now. */
    links: (): readonly Link[] => [...links],
    /** From now on, on every connection that there is or will be; `{}` heals. */
    misbehave(next: LinkFault) {
      fault = next;
      for (const link of links) link.look();
    },
    cut() {
      for (const link of links) link.cut();
    },
    /** Whether new connections are refused. */
    refuse(yes: boolean) {
      refusing = yes;
    },
    async stop() {
      const closed = once(server, "close");
      server.close();
      for (const link of links) link.cut();
      await closed;
    },
  };
}
