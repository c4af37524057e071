import type { Db } from "@guildhall/db";
import type { Bus } from "../core/bus/bus.ts";
import type { CredentialWatch } from "./credential-watch.ts";

/** What every topic needs. */
export type LiveNeeds = {
  db: Db;
  bus: Bus;
  credentials: CredentialWatch;
  onError: (error: unknown) => void;
};
