import { formatDate, formatList } from "@/lib/locale.ts";
import type { CertificateProblem, ShownCertificate } from "@/platform/servers.ts";

const LISTEN =
  "Someone between you and the server could be reading along, so Guildhall sent nothing.";

type Words = { title: string; what: string; todo: string };

const words: Record<CertificateProblem, (certificate: ShownCertificate) => Words> = {
  "self-signed": ({ host }) => ({
    title: "This server vouches for itself",
    what: `The certificate of ${host} is self-signed: no authority that your computer knows confirms that it's really this server. ${LISTEN}`,
    todo: "Ask whoever runs it for a certificate from an authority (Let's Encrypt is free), or to give you the fingerprint so that you can compare it.",
  }),
  "unknown-issuer": ({ host, issuer }) => ({
    title: "Your computer doesn't know who vouches for this server",
    what: `The certificate of ${host} was issued by “${issuer}”, which your computer doesn't trust. ${LISTEN}`,
    todo: "If that's your organization's own authority, have its root certificate installed on this computer: then it works for every program. Otherwise ask whoever runs the server for the fingerprint, and compare it.",
  }),
  expired: ({ host, validTo }) => ({
    title: "This server's certificate has expired",
    what: `The certificate of ${host} was valid until ${formatDate(new Date(validTo), { dateStyle: "long" })}. ${LISTEN}`,
    todo: "Ask whoever runs it to renew it. If your computer's date is wrong, set it right and try again.",
  }),
  "not-yet-valid": ({ host, validFrom }) => ({
    title: "This server's certificate isn't valid yet",
    what: `The certificate of ${host} is valid from ${formatDate(new Date(validFrom), { dateStyle: "long" })} on.`,
    todo: "Check the date of your computer first. If it's right, ask whoever runs the server.",
  }),
  "wrong-host": ({ host, names }) => ({
    title: "This certificate belongs to another address",
    what: `${host} showed a certificate for ${names.length > 0 ? formatList(names.map((name) => name.replace(/^[\w ]+:/, ""))) : "no address at all"}. ${LISTEN}`,
    todo: "Check the address: you may need to use one of the names above. If it's right, ask whoever runs the server.",
  }),
  revoked: ({ host }) => ({
    title: "This server's certificate was withdrawn",
    what: `Its authority has revoked the certificate of ${host}, as happens when its key was stolen. ${LISTEN}`,
    todo: "Don't use this server until whoever runs it has replaced the certificate.",
  }),
  weak: ({ host }) => ({
    title: "This server's certificate is too weak",
    what: `The certificate of ${host} is signed in a way that can be forged today. ${LISTEN}`,
    todo: "Ask whoever runs it for a new certificate.",
  }),
  invalid: ({ host }) => ({
    title: "This server's certificate isn't valid",
    what: `Your computer can't accept the certificate of ${host}. ${LISTEN}`,
    todo: "Ask whoever runs it to look at the certificate.",
  }),
};

/** What is wrong with it, and what to do. One that was withdrawn is trusted by nobody. */
export const certificateWords = (certificate: ShownCertificate) => ({
  ...words[certificate.problem](certificate),
  mayTrust: certificate.problem !== "revoked",
});

/** In pairs, as people compare it. */
export const shownFingerprint = (hex: string) => (hex.match(/../g) ?? []).join(" ").toUpperCase();
