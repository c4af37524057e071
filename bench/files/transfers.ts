/** Bytes over HTTP with as little of our own as there can be: the client shares the machine. */
import { Agent, type IncomingHttpHeaders, request } from "node:http";

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

type Headers = Record<string, string>;
type Answer = { status: number; headers: IncomingHttpHeaders; bytes: number; text: string };

function ask(url: string, method: string, headers: Headers, body?: Uint8Array): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method, headers }, (res) => {
      let bytes = 0;
      let text = "";
      res.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes < 10_000) text += chunk;
      });
      res.on("error", reject);
      res.on("end", () => {
        const status = res.statusCode ?? 0;
        if (status < 400) resolve({ status, headers: res.headers, bytes, text });
        else reject(new Error(`${method} ${url} answered ${status} ${text}`));
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** Follows to where the bytes are. */
export async function get(url: string, headers: Headers): Promise<number> {
  const answer = await ask(url, "GET", headers);
  const { location } = answer.headers;
  return location ? get(location, {}) : answer.bytes;
}

export const put = (url: string, headers: Headers, body: Uint8Array) =>
  ask(url, "PUT", { ...headers, "content-length": String(body.length) }, body);

/** MB a second of so many transfers, some at a time. */
export async function throughput(
  count: number,
  atOnce: number,
  transfer: (i: number) => Promise<number>,
): Promise<number> {
  const began = performance.now();
  let [next, bytes] = [0, 0];
  const some = async () => {
    for (let i = next++; i < count; i = next++) {
      const sent = await transfer(i); // Not in one expression: the sum would be read before others add to it.
      bytes += sent;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, some));
  return bytes / 1e6 / ((performance.now() - began) / 1_000);
}
