import { z } from "zod/mini";

/** A server and an account on it, as the pages list it. */
export type ServerProfile = {
  id: string;
  /** A workspace on this computer has no address that one would know it by. */
  kind: "server" | "local";
  /** As its person calls it, else by its address. */
  label: string;
  serverUrl: string | null;
  /** This window's. */
  isOwn: boolean;
  /** A sign-in is stored, or held until the app ends. */
  isSignedIn: boolean;
  /** Trusted by its person though nobody vouches for it. */
  certificate: { host: string; fingerprint: string; subject: string } | null;
};

export const certificateProblems = [
  "self-signed",
  "unknown-issuer",
  "expired",
  "not-yet-valid",
  "wrong-host",
  "revoked",
  "weak",
  "invalid",
] as const;
export type CertificateProblem = (typeof certificateProblems)[number];

/** What a server showed, and was refused for. */
export type ShownCertificate = {
  host: string;
  problem: CertificateProblem;
  /** SHA-256, in hexadecimal. */
  fingerprint: string;
  subject: string;
  issuer: string;
  /** For which it was made, as `DNS:example.org`. */
  names: string[];
  /** ISO. */
  validFrom: string;
  validTo: string;
};

/** What is at an address: a server that this app can work with, or why not. */
export type ServerCheck =
  | { kind: "ok"; serverUrl: string }
  | { kind: "certificate"; serverUrl: string; certificate: ShownCertificate }
  | {
      kind: "unreachable" | "not-guildhall" | "server-too-old" | "app-too-old";
      serverUrl: string;
      /** Sentences for the person. */
      title: string;
      detail: string;
    };

/** What a server says of itself at `/.well-known/guildhall`. */
export const serverCard = z.object({
  guildhall: z.object({
    /** Of the live protocol: the newest that it speaks, and the oldest it takes. */
    protocol: z.int(),
    oldestProtocol: z.int(),
  }),
});

/** What the browser brought, and the app's own secret for it: worth a session for two minutes. */
export type AppCode = { code: string; verifier: string };

export const certificateToTrust = z.object({
  host: z.string().check(z.maxLength(300)),
  fingerprint: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
});

export const profileName = z.object({
  id: z.string().check(z.maxLength(64)),
  /** Blank: by its address. */
  name: z.string().check(z.maxLength(60)),
});
