import { session } from "electron";
import type { ServerCheck, ShownCertificate } from "../../shared/servers.ts";
import { serverCard } from "../../shared/servers.ts";
import type { PinnedCertificate } from "../settings.ts";
import { verifyCertificates } from "./certificates.ts";

/** Of the live protocol: what this app speaks, and the oldest that it still understands. */
export type AppProtocol = { protocol: number; oldestProtocol: number };

const DEADLINE_MS = 15_000;
let checks = 0;

/**
 * Asks what is at an address, in a session of its own that is kept nowhere: Chromium remembers what it found of
 * a certificate, and the profile's own session must not remember a refusal from before its person trusted it.
 */
export async function checkServer(
  serverUrl: string,
  app: AppProtocol,
  pinned: PinnedCertificate | null,
): Promise<ServerCheck> {
  const asking = session.fromPartition(`check-${++checks}`);
  let refused: ShownCertificate | null = null;
  verifyCertificates(asking, {
    pinned: () => pinned,
    onRefused: (certificate) => {
      refused = certificate;
    },
  });
  try {
    const answer = await asking.fetch(`${serverUrl}/.well-known/guildhall`, {
      signal: AbortSignal.timeout(DEADLINE_MS),
      headers: { accept: "application/json" },
      credentials: "omit",
      cache: "no-store",
    });
    return await judge(serverUrl, answer, app);
  } catch (error) {
    if (refused) return { kind: "certificate", serverUrl, certificate: refused };
    return unreachable(serverUrl, error);
  }
}

async function judge(serverUrl: string, answer: Response, app: AppProtocol): Promise<ServerCheck> {
  if (answer.status >= 500) return unreachable(serverUrl, new Error(`HTTP ${answer.status}`));
  const read = serverCard.safeParse(await answer.json().catch(() => null));
  const host = new URL(serverUrl).host;
  if (!answer.ok || !read.success) {
    return {
      kind: "not-guildhall",
      serverUrl,
      title: "That isn't a Guildhall server",
      detail: `${host} answers, but not as a Guildhall that this app can work with. Check the address, with its path if there is one. If it's right, the server may be too old for this app: ask whoever runs it to update it.`,
    };
  }
  const { protocol, oldestProtocol } = read.data.guildhall;
  if (protocol < app.oldestProtocol) {
    return {
      kind: "server-too-old",
      serverUrl,
      title: "This server is too old for this app",
      detail: `${host} runs an older Guildhall than this app can work with. Ask whoever runs it to update it. Until then you can use it in a browser; nothing on it is lost.`,
    };
  }
  if (oldestProtocol > app.protocol) {
    return {
      kind: "app-too-old",
      serverUrl,
      title: "This app is too old for this server",
      detail: `${host} runs a newer Guildhall than this app can work with. Update the app, then try again. Until then you can use it in a browser; what waits on this computer is kept.`,
    };
  }
  return { kind: "ok", serverUrl };
}

/** Chromium's, as in `net::ERR_NAME_NOT_RESOLVED`. */
const reasons: [RegExp, string, string][] = [
  [
    /NAME_NOT_RESOLVED/,
    "There is no such address",
    "No computer is known by that name. Check the spelling; at work you may need to be on your organization's network or VPN.",
  ],
  [
    /INTERNET_DISCONNECTED|NETWORK_CHANGED/,
    "You're offline",
    "This computer has no network at the moment. Connect it, then try again.",
  ],
  [
    /CONNECTION_REFUSED|ADDRESS_UNREACHABLE/,
    "Nothing answers there",
    "The computer at that address refuses the connection. Check the port, and whether Guildhall is running.",
  ],
  [
    /SSL_PROTOCOL_ERROR|SSL_VERSION|EMPTY_RESPONSE/,
    "No secure connection",
    "What answers there doesn't speak https. If the server has no certificate, write the address with http:// in front.",
  ],
];

function unreachable(serverUrl: string, error: unknown): ServerCheck {
  const said = error instanceof Error ? error.message : String(error);
  const [, title, detail] = reasons.find(([words]) => words.test(said)) ?? [];
  return {
    kind: "unreachable",
    serverUrl,
    title: title ?? "Can't reach the server",
    detail:
      detail ??
      `${new URL(serverUrl).host} didn't answer. It may be restarting, or your computer may be offline.`,
  };
}
