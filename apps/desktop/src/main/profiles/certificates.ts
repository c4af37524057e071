import { createHash, X509Certificate } from "node:crypto";
import type { Request, Session } from "electron";
import type { CertificateProblem, ShownCertificate } from "../../shared/servers.ts";
import type { PinnedCertificate } from "../settings.ts";

/** As Electron's callback takes them: trusted; refused; as Chromium has found. */
const TRUSTED = 0;
const AS_FOUND = -3;

/** By Chromium's numbers (net_error_list.h). */
const problems: Record<number, CertificateProblem> = {
  [-200]: "wrong-host",
  [-201]: "expired",
  [-202]: "unknown-issuer",
  [-206]: "revoked",
  [-208]: "weak",
  [-211]: "weak",
};

export const fingerprintOf = (pem: string) =>
  createHash("sha256").update(new X509Certificate(pem).raw).digest("hex");

function nameProblem(code: number, { issuer, subject, validTo }: X509Certificate) {
  const problem = problems[code] ?? "invalid";
  if (problem === "unknown-issuer" && issuer === subject) return "self-signed";
  return problem === "expired" && Date.parse(validTo) > Date.now() ? "not-yet-valid" : problem;
}

function show({ hostname, certificate, errorCode }: Request): ShownCertificate {
  const read = new X509Certificate(certificate.data);
  return {
    host: hostname,
    problem: nameProblem(errorCode, read),
    fingerprint: fingerprintOf(certificate.data),
    subject: certificate.subjectName,
    issuer: certificate.issuerName,
    names: (read.subjectAltName ?? "").split(", ").filter(Boolean),
    validFrom: new Date(read.validFrom).toISOString(),
    validTo: new Date(read.validTo).toISOString(),
  };
}

/**
 * Chromium decides as ever. Of one host one certificate is taken besides, which the person has seen and trusted
 * for that server; any other of the same host is refused as it would have been.
 */
export function verifyCertificates(
  session: Session,
  {
    pinned,
    onRefused,
  }: {
    pinned: () => PinnedCertificate | null;
    onRefused?: (certificate: ShownCertificate) => void;
  },
) {
  session.setCertificateVerifyProc((request, answer) => {
    const { hostname, certificate, errorCode } = request;
    if (errorCode === 0) return answer(AS_FOUND);
    const pin = pinned();
    const isPinned = pin?.host === hostname && pin.fingerprint === fingerprintOf(certificate.data);
    if (isPinned) return answer(TRUSTED);
    onRefused?.(show(request));
    answer(AS_FOUND);
  });
}
