/**
 * Sends something to an address that a stranger has named, as the push service of a browser.
 *
 * Problem: whoever names an address within this network (a database's port, the metadata of a cloud) lets
 * the server ask there for them. Naive answer: look at the name before. A name may lead elsewhere when it
 * is looked up again. Choice: the very look-up of the connection refuses what is not public, and nothing
 * is followed elsewhere.
 */
import { type LookupAddress, lookup } from "node:dns";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { BlockList, isIP, type LookupFunction } from "node:net";

const inside = new BlockList();
for (const [net, prefix] of [
  ...([
    ["0.0.0.0", 8],
    ["10.0.0.0", 8],
    ["100.64.0.0", 10],
    ["127.0.0.0", 8],
  ] as const),
  ...([
    ["169.254.0.0", 16],
    ["172.16.0.0", 12],
    ["192.0.0.0", 24],
    ["192.168.0.0", 16],
  ] as const),
  ...([
    ["198.18.0.0", 15],
    ["224.0.0.0", 3],
  ] as const),
]) {
  inside.addSubnet(net, prefix, "ipv4");
}
for (const [net, prefix] of [
  ...([
    ["::", 96],
    ["64:ff9b::", 96],
    ["64:ff9b:1::", 48],
    ["2002::", 16],
    ["2001::", 32],
  ] as const),
  ...([
    ["fc00::", 7],
    ["fe80::", 9],
    ["ff00::", 8],
  ] as const),
]) {
  inside.addSubnet(net, prefix, "ipv6");
}

/** An IPv4 address written as IPv6 is what it stands for. */
export function isInside(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return true;
  return inside.check(address, family === 4 ? "ipv4" : "ipv6");
}

export class AddressInside extends Error {}

/** Of a host: all that it stands for must be public. */
export const lookupOutside: LookupFunction = (host, options, done) => {
  lookup(host, { ...options, all: true }, (error, found: LookupAddress[]) => {
    if (error) return done(error, []);
    if (found.length === 0 || found.some(({ address }) => isInside(address))) {
      return done(new AddressInside(`${host} is no public address.`), []);
    }
    if (options.all) return done(null, found);
    const [first] = found;
    done(null, first?.address ?? "", first?.family);
  });
};

/** Whether something may be sent there at all, as far as its writing tells. */
export function mayPostTo(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url?.protocol !== "https:" || url.username || url.password) return false;
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return isIP(host) === 0 ? host.includes(".") : !isInside(host);
}

type Post = {
  headers: Record<string, string | number>;
  body: Buffer;
  timeoutMs: number;
  /** For tests alone: also to this machine, and without TLS. */
  inside: boolean;
};

/** In bytes; an answer that goes on and on is cut off. */
const LONGEST_ANSWER = 64 * 1_024;

/** Returns the answer's status; what else it says is left alone. Rejects when there is none, or it may not be asked for. */
export function postOutside(address: string, { headers, body, timeoutMs, inside }: Post) {
  if (!inside && !mayPostTo(address)) throw new AddressInside("That is no public address.");
  const request = inside && address.startsWith("http:") ? requestHttp : requestHttps;
  const signal = AbortSignal.timeout(timeoutMs);
  return new Promise<{ status: number }>((resolve, reject) => {
    const lookup = inside ? {} : { lookup: lookupOutside };
    const asking = request(address, { method: "POST", headers, signal, ...lookup }, (answer) => {
      let left = LONGEST_ANSWER;
      answer.on("error", reject);
      // Read to its end where that is near, so that the connection can be used again.
      answer.on("data", (part: Buffer) => {
        left -= part.length;
        if (left < 0) answer.destroy();
      });
      resolve({ status: answer.statusCode ?? 0 });
    });
    asking.on("error", reject);
    asking.end(body);
  });
}
