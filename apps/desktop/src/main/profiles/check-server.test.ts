import { createServer as createHttp, type RequestListener } from "node:http";
import { createServer as createHttps } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { session } from "electron";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeCertificate } from "../../../testing/certificates.ts";
import { network, startElectron } from "../../../testing/electron/control.ts";
import { verifyCertificates } from "./certificates.ts";
import { checkServer } from "./check-server.ts";

const app = { protocol: 3, oldestProtocol: 2 };
const card = (protocol: number, oldestProtocol: number) =>
  JSON.stringify({ guildhall: { protocol, oldestProtocol } });

let servers: Server[] = [];
beforeEach(() => startElectron());
afterEach(() => {
  for (const server of servers) server.close();
  servers = [];
});

async function listen(server: Server, scheme: "http" | "https") {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const answering =
  (text: string, status = 200): RequestListener =>
  (request, response) => {
    const isAsked = request.url === "/.well-known/guildhall";
    response.writeHead(isAsked ? status : 404, { "content-type": "application/json" }).end(text);
  };
const overHttp = (...given: Parameters<typeof answering>) =>
  listen(createHttp(answering(...given)), "http");
const overHttps = ({ key, cert }: { key: string; cert: string }) =>
  listen(createHttps({ key, cert }, answering(card(3, 1))), "https");

describe("what is at an address", () => {
  it.each([
    ["a server of the app's own age", card(3, 1), "ok"],
    ["a newer one that still takes this app", card(9, 3), "ok"],
    ["an older one that this app still takes", card(2, 1), "ok"],
    ["a server that is too old", card(1, 1), "server-too-old"],
    ["a server for which the app is too old", card(5, 4), "app-too-old"],
    ["something else", "{}", "not-guildhall"],
    ["a page", "<!doctype html>", "not-guildhall"],
  ])("is %s", async (_name, text, kind) => {
    const serverUrl = await overHttp(text);
    expect(await checkServer(serverUrl, app, null)).toMatchObject({ kind, serverUrl });
  });

  it("is something without Guildhall's address, or a proxy whose Guildhall is away", async () => {
    expect(await checkServer(await overHttp("no", 404), app, null)).toMatchObject({
      kind: "not-guildhall",
    });
    expect(await checkServer(await overHttp(card(3, 1), 502), app, null)).toMatchObject({
      kind: "unreachable",
    });
  });

  it("is nothing: said by why", async () => {
    const gone = await overHttp("");
    await new Promise((resolve) => servers.pop()?.close(resolve));
    expect(await checkServer(gone, app, null)).toMatchObject({
      kind: "unreachable",
      title: "Nothing answers there",
    });
    const plain = await overHttp(card(3, 1));
    expect(await checkServer(plain.replace("http:", "https:"), app, null)).toMatchObject({
      title: "No secure connection",
    });
    network.isOnline = false;
    expect(await checkServer(plain, app, null)).toMatchObject({ title: "You're offline" });
  });
});

const LONG_AGO = new Date("2020-01-01");
const LATER = new Date(Date.now() + 40 * 24 * 60 * 60_000);
const company = { name: "Company CA", key: makeCertificate().privateKey };

describe("a certificate that nobody vouches for", () => {
  it.each([
    ["self-signed", makeCertificate()],
    ["unknown-issuer", makeCertificate({ issuer: company })],
  ])("is told as %s, with what there is to compare", async (problem, made) => {
    const found = await checkServer(await overHttps(made), app, null);
    expect(found).toMatchObject({
      kind: "certificate",
      certificate: {
        ...{ host: "127.0.0.1", problem, fingerprint: made.fingerprint },
        ...{ subject: "guildhall.test", names: ["IP Address:127.0.0.1", "DNS:localhost"] },
      },
    });
  });

  it("is taken once its person trusts it; of that host, and no other certificate", async () => {
    const made = makeCertificate({ to: LATER });
    const serverUrl = await overHttps(made);
    const { fingerprint } = made;
    const pinned = { host: "127.0.0.1", fingerprint, subject: "" };
    expect(await checkServer(serverUrl, app, pinned)).toMatchObject({ kind: "ok" });
    const elsewhere = { ...pinned, host: "example.org" };
    expect(await checkServer(serverUrl, app, elsewhere)).toMatchObject({ kind: "certificate" });
    const another = await overHttps(makeCertificate());
    expect(await checkServer(another, app, pinned)).toMatchObject({ kind: "certificate" });
  });
});

describe("what Chromium finds of a certificate", () => {
  const expired = makeCertificate({ from: LONG_AGO, to: new Date("2020-02-01") });
  const early = makeCertificate({ from: LATER, to: new Date(LATER.getTime() + 1_000_000) });

  it.each([
    [-200, "wrong-host", makeCertificate()],
    [-201, "expired", expired],
    [-201, "not-yet-valid", early],
    [-206, "revoked", makeCertificate()],
    [-208, "weak", makeCertificate()],
    [-217, "invalid", makeCertificate()],
  ])("%i is told as %s, and refused as it was", (errorCode, problem, made) => {
    const told: unknown[] = [];
    const results: number[] = [];
    const own = session.fromPartition("persist:profile-one");
    verifyCertificates(own, { pinned: () => null, onRefused: (each) => told.push(each.problem) });
    const certificate = { data: made.cert, subjectName: "guildhall.test", issuerName: "Company" };
    const { verifyProc } = own as unknown as {
      verifyProc: (request: object, answer: (result: number) => void) => void;
    };
    verifyProc({ hostname: "guildhall.test", certificate, errorCode }, (result) =>
      results.push(result),
    );
    expect([told, results]).toEqual([[problem], [-3]]);
  });
});
