/** What the desktop app says of servers and accounts. */
export type {
  CertificateProblem,
  ServerCheck,
  ServerProfile,
  ShownCertificate,
} from "../../../shared/servers.ts";
