import { once } from "node:events";
import { Agent, createServer, get, type IncomingMessage, type ServerResponse } from "node:http";
import { afterEach, expect, test } from "vitest";
import { stoppable } from "./stop-http.ts";

const undo: (() => void)[] = [];
afterEach(() => {
  for (const step of undo.splice(0)) step();
});

/** A server whose answers the test gives by hand. */
async function start() {
  const asked: { path: string; res: ServerResponse }[] = [];
  const server = createServer((req, res) => asked.push({ path: req.url ?? "", res }));
  const stop = stoppable(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  undo.push(() => {
    agent.destroy();
    server.closeAllConnections();
  });
  const ask = (path: string) => {
    const answer = Promise.withResolvers<IncomingMessage>();
    const request = get({ port, path, agent }, (response) => {
      response.resume().once("end", () => answer.resolve(response));
    });
    request.on("error", answer.reject);
    return answer.promise;
  };
  return { asked, stop, ask };
}

test("what is under way is answered, and says that the connection ends", async () => {
  const { asked, stop, ask } = await start();
  const answer = ask("/slow");
  await expect.poll(() => asked.length).toBe(1);
  const stopped = stop(10_000);
  asked[0]?.res.end("done");
  const response = await answer;
  expect([response.statusCode, response.headers.connection]).toEqual([200, "close"]);
  await stopped;
  await expect(ask("/late")).rejects.toThrow("ECONNREFUSED");
});

test("idle connections do not hold it up, and an answer that never comes not for long", async () => {
  const { asked, stop, ask } = await start();
  const first = ask("/quick");
  await expect.poll(() => asked.length).toBe(1);
  asked[0]?.res.end("done");
  await first;
  await stop(60_000);

  const second = await start();
  const never = second.ask("/never").catch((error: Error) => error.message);
  await expect.poll(() => second.asked.length).toBe(1);
  await second.stop(50);
  expect(await never).toMatch(/socket hang up|ECONNRESET/);
});
