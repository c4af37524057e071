/** A large push that would be refused whatever it is: its body is neither waited for nor parsed. */
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestServer } from "../../testing/server.ts";

const LARGE = 640 * 1024;
const isSpent = { now: false };
let server: Awaited<ReturnType<typeof startTestServer>>;
beforeAll(async () => {
  server = await startTestServer({
    takesLargePush: (userId) => userId !== "someone" || !isSpent.now,
  });
});
afterAll(() => server.stop());

/** Sends a head that announces a body, and so much of it; what is answered, in its first piece. */
async function send(path: string, announced: number, body = "") {
  const socket = connect(server.port, "127.0.0.1");
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  socket.once("data", (answer) => resolve(String(answer))).once("error", reject);
  socket.write(
    `POST /trpc/${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer good\r\ncontent-type: application/json\r\ncontent-length: ${announced}\r\n\r\n${body}`,
  );
  return promise.finally(() => socket.destroy());
}

test.each(["documents.push", "ping,documents.push"])(
  "%s of who overran the bounds is refused with none of its body here",
  async (path) => {
    isSpent.now = true;
    const answer = await send(path, LARGE);
    expect(answer).toMatch(/^HTTP\/1\.1 429 /);
    expect(answer).toMatch(/^retry-after: 10\r$/im);
    expect(answer).toContain('"reason":"too_often"');
  },
);

test("what is small, what is no push, and what others push is read as ever", async () => {
  isSpent.now = true;
  const large = JSON.stringify({ text: "x".repeat(LARGE) });
  // The router of the tests knows no documents: that it says so means that it was asked.
  expect(await send("documents.push", 2, "{}")).toMatch(/^HTTP\/1\.1 404 /);
  expect(await send("write", large.length, large)).toMatch(/^HTTP\/1\.1 200 /);
  isSpent.now = false;
  expect(await send("documents.push", large.length, large)).toMatch(/^HTTP\/1\.1 404 /);
});
