/**
 * Signs in by the system's browser (RFC 8252): the browser brings the code to a port of this computer that is
 * open for this sign-in alone. Whoever overhears the code can do nothing with it: the secret whose hash went
 * along stays here (RFC 7636). `state` tells our browser from whatever else calls that port.
 */
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { AppCode } from "../../shared/servers.ts";
import { ExpectedError } from "../bridge/expected-error.ts";

const MINUTES = 10;
const HOST = "127.0.0.1";
export const CALLBACK = "/signed-in";

type Options = {
  serverUrl: string;
  /** What the person reads in the browser: which app, and on which computer. */
  app: string;
  computer: string;
  openInBrowser: (url: string) => Promise<void>;
  signal: AbortSignal;
};

const secret = () => randomBytes(32).toString("base64url");

/** Resolves with what the browser brought. Rejects in words; nothing of it stays open. */
export async function signInByBrowser(options: Options): Promise<AppCode> {
  const [verifier, state] = [secret(), secret()];
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  const server = createServer().listen(0, HOST);
  try {
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const { serverUrl, app, computer } = options;
    const asked = new URLSearchParams({ port: String(port), challenge, state, app, computer });
    const coming = answerOf(server, { state, host: `${HOST}:${port}`, signal: options.signal });
    const [code] = await Promise.all([
      coming,
      options.openInBrowser(`${serverUrl}/sign-in-app?${asked}`).catch(() => {
        throw new ExpectedError(
          "Your browser couldn't be opened. Set a default browser for this computer, or sign in here with your password.",
        );
      }),
    ]);
    return { code, verifier };
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

type Expected = { state: string; host: string; signal: AbortSignal };

function answerOf(server: Server, { state, host, signal }: Expected): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (sentence: string) => reject(new ExpectedError(sentence));
    const timer = setTimeout(
      () => fail(`Nothing came back from the browser for ${MINUTES} minutes. Try again.`),
      MINUTES * 60_000,
    );
    const abort = () => fail("The sign-in was cancelled.");
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort);
    server.on("close", () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
    });
    server.on("request", (request, response) => {
      const query = readCallback(request, host);
      // A page elsewhere may call this port too: it knows no state, and ends nothing.
      if (query?.get("state") !== state) return void answer(response, 404, notOurs);
      const code = query.get("code");
      answer(response, 200, code ? done : cancelled, () => {
        if (code) resolve(code);
        else fail("You cancelled the sign-in in the browser.");
      });
    });
  });
}

/** `host`: a name that was pointed at this computer is none of ours. */
function readCallback({ method, url = "", headers }: IncomingMessage, host: string) {
  const address = URL.parse(url, `http://${HOST}`);
  const isOurs = method === "GET" && headers.host === host && address?.pathname === CALLBACK;
  return isOurs ? address.searchParams : null;
}

const done = ["You're signed in", "Go back to Guildhall. You can close this tab."] as const;
const cancelled = ["Sign-in cancelled", "Nothing was changed. You can close this tab."] as const;
const notOurs = ["Nothing here", "This address belongs to a sign-in that is over."] as const;

function answer(
  response: ServerResponse,
  status: number,
  [title, text]: readonly [string, string],
  onSent?: () => void,
) {
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy":
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    connection: "close",
  });
  response.end(
    `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${title}</title><style>body{font:16px/1.5 system-ui;margin:16vh auto;max-width:22rem;padding:0 1.5rem}h1{font-size:1.25rem}</style><h1>${title}</h1><p>${text}</p></html>`,
    onSent,
  );
}
