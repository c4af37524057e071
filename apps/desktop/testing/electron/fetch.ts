import type { IncomingMessage } from "node:http";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP } from "node:net";
import type { PeerCertificate, TLSSocket } from "node:tls";
import { atStart } from "./state.ts";

type Certificate = {
  data: string;
  fingerprint: string;
  issuerName: string;
  subjectName: string;
};
type VerifyRequest = {
  hostname: string;
  certificate: Certificate;
  validatedCertificate: Certificate;
  isIssuedByKnownRoot: boolean;
  verificationResult: string;
  errorCode: number;
};
export type VerifyProc = (request: VerifyRequest, answer: (result: number) => void) => void;

/** Of a test: whether the computer has a network. */
export const network = { isOnline: true };
atStart(() => {
  network.isOnline = true;
});

/** What Node finds of a certificate, as Chromium numbers and names it. */
const found: Record<string, [number, string]> = {
  ERR_TLS_CERT_ALTNAME_INVALID: [-200, "ERR_CERT_COMMON_NAME_INVALID"],
  CERT_HAS_EXPIRED: [-201, "ERR_CERT_DATE_INVALID"],
  CERT_NOT_YET_VALID: [-201, "ERR_CERT_DATE_INVALID"],
};
const untrusted: [number, string] = [-202, "ERR_CERT_AUTHORITY_INVALID"];

const failures: Record<string, string> = {
  ECONNREFUSED: "ERR_CONNECTION_REFUSED",
  ENOTFOUND: "ERR_NAME_NOT_RESOLVED",
  EAI_AGAIN: "ERR_NAME_NOT_RESOLVED",
  EPROTO: "ERR_SSL_PROTOCOL_ERROR",
  ERR_SSL_WRONG_VERSION_NUMBER: "ERR_SSL_PROTOCOL_ERROR",
};

/** As a session asks: over the real network, with Chromium's errors, and what verifies its certificates. */
export async function fetchIn(
  asking: { verifyProc: VerifyProc | null },
  input: string,
  init: RequestInit = {},
): Promise<Response> {
  if (!network.isOnline) throw new Error("net::ERR_INTERNET_DISCONNECTED");
  const url = new URL(input);
  const request = url.protocol === "https:" ? requestHttps : requestHttp;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request(url, {
      method: init.method ?? "GET",
      headers: Object.fromEntries(new Headers(init.headers)),
      agent: false,
      ...(init.signal && { signal: init.signal }),
      ...(url.protocol === "https:" && {
        rejectUnauthorized: false,
        ...(isIP(url.hostname) === 0 && { servername: url.hostname }),
      }),
    });
    sent.on("response", resolve);
    sent.on("error", (error: Error & { code?: string }) =>
      reject(new Error(`net::${failures[error.code ?? ""] ?? "ERR_FAILED"}`)),
    );
    sent.on("socket", (socket) => {
      socket.on("secureConnect", () =>
        verify(asking.verifyProc, url.hostname, socket as TLSSocket).catch((error) => {
          sent.destroy();
          reject(error);
        }),
      );
    });
    sent.end(init.body as string | undefined);
  });
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of answer) chunks.push(new Uint8Array(chunk));
  return new Response(new Blob(chunks), {
    status: answer.statusCode ?? 200,
    headers: Object.entries(answer.headers).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]),
  });
}

const nameOf = ({ CN }: PeerCertificate["subject"]) => String(CN ?? "");

function describe(peer: PeerCertificate): Certificate {
  const base64 = peer.raw.toString("base64").replace(/.{64}/g, "$&\n");
  return {
    data: `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`,
    fingerprint: `sha256/${Buffer.from(peer.fingerprint256.replaceAll(":", ""), "hex").toString("base64")}`,
    issuerName: nameOf(peer.issuer),
    subjectName: nameOf(peer.subject),
  };
}

/** 0: trusted, -2: refused, -3: as was found. */
async function verify(proc: VerifyProc | null, hostname: string, socket: TLSSocket) {
  const error = String(socket.authorizationError ?? "");
  const [errorCode, name] = error ? (found[error] ?? untrusted) : [0, "OK"];
  const certificate = describe(socket.getPeerCertificate());
  const result = await new Promise<number>((answer) => {
    if (!proc) return answer(-3);
    const request = {
      ...{ hostname, certificate, validatedCertificate: certificate, errorCode },
      isIssuedByKnownRoot: false,
      verificationResult: `net::${name}`,
    };
    proc(request, answer);
  });
  if (result === -2) throw new Error("net::ERR_FAILED");
  if (result === -3 && errorCode !== 0) throw new Error(`net::${name}`);
}
