import { once } from "node:events";
import { type AddressInfo, createServer, connect as dial, type Socket } from "node:net";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase } from "../testing/databases.ts";

/** As Postgres ends a COPY: CopyDone, and behind it, perhaps in another packet, CommandComplete. */
const COPY_DONE = Buffer.from([0x63, 0, 0, 0, 4]);

let database: { url: string; drop(): Promise<void> };
beforeAll(async () => {
  database = await createTestDatabase({ empty: true });
});
afterAll(() => database.drop());

/** Passes everything on, but holds back what follows the end of a COPY until it is let go. */
async function startHoldingProxy(url: string) {
  const { hostname, port } = new URL(url);
  const sockets: Socket[] = [];
  const released = Promise.withResolvers<void>();
  const server = createServer((client) => {
    const upstream = dial(Number(port), hostname);
    sockets.push(client, upstream);
    client.pipe(upstream);
    upstream.on("data", async (bytes: Buffer) => {
      const at = bytes.indexOf(COPY_DONE);
      if (at === -1) return client.write(bytes);
      client.write(bytes.subarray(0, at + COPY_DONE.length));
      await released.promise;
      client.write(bytes.subarray(at + COPY_DONE.length));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const through = new URL(url);
  through.port = String((server.address() as AddressInfo).port);
  through.hash = "";
  return {
    url: through.href,
    released: released.resolve,
    stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** Unpatched, postgres.js 3.4.9 waits for ever: its socket stays paused by the last piece. */
test("a connection goes on after a COPY whose last piece filled the reader", async () => {
  const proxy = await startHoldingProxy(database.url);
  const sql = postgres(proxy.url, { max: 1, onnotice: () => {} });
  try {
    const rows = await sql`copy (select repeat('x', 1000000)) to stdout`.readable();
    let size = 0;
    for await (const piece of rows) size += piece.length;
    expect(size).toBe(1_000_001);
    proxy.released();
    expect(await sql`select 1 as ok`).toEqual([{ ok: 1 }]);
  } finally {
    await sql.end({ timeout: 0 });
    proxy.stop();
  }
});
