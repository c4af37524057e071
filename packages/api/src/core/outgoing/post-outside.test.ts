import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { isInside, postOutside } from "./post-outside.ts";

test("of an endless answer no more is read than its status", async () => {
  const server = createServer((_, res) => {
    res.writeHead(201);
    const part = Buffer.alloc(64 * 1_024);
    const go = () => {
      while (res.write(part));
    };
    res.on("drain", go);
    go();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    const { port } = server.address() as AddressInfo;
    const post = { headers: {}, body: Buffer.alloc(0), timeoutMs: 5_000, inside: true };
    expect(await postOutside(`http://127.0.0.1:${port}/`, post)).toEqual({ status: 201 });
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test("addresses that stand for others within a network are within it", () => {
  const addresses = ["fec0::1", "64:ff9b::a01:203", "64:ff9b:1::a01:203", "::ffff:10.1.2.3"];
  for (const address of addresses) expect(isInside(address), address).toBe(true);
});
