/** Everything that one document needs on a worker where somebody has it open. */
import type { Db } from "@guildhall/db";
import type { Bus } from "../../core/bus.ts";
import type { ChangeMessage } from "../../core/change-message.ts";
import type { CredentialWatch } from "../../core/credential-watch.ts";
import { notFound } from "../../core/errors.ts";
import type { Feed } from "../../core/feed.ts";
import { touchesRights } from "../../core/room.ts";
import { Company, type CompanyMessage, type CompanyTimes } from "./company.ts";
import { LogHub, type Ring } from "./log-hub.ts";
import { readLog, readLogEnds } from "./read-log.ts";
import { rolesIn } from "./roles.ts";
import { DocumentRoom } from "./room.ts";

export type RoomNeeds = {
  db: Db;
  bus: Bus;
  feed: Feed;
  credentials: CredentialWatch;
  onError: (error: unknown) => void;
  times: CompanyTimes & {
    /** How long a document may be silent before Postgres is asked. */
    silenceMs: number;
  };
};

export type OpenRoom = { hub: LogHub; room: DocumentRoom; company: Company; close: () => void };

export const channels = {
  log: (documentId: string) => `document:${documentId}`,
  company: (documentId: string) => `document-company:${documentId}`,
};

type Opening = { id: string; workspaceId: string; worker: string };

/** It listens before it asks how far the log is: nothing is missed between the two. */
export async function openRoom(
  { db, bus, feed, credentials, onError, times }: RoomNeeds,
  { id, workspaceId, worker }: Opening,
): Promise<OpenRoom> {
  const read = (after: number) => readLog(db, id, after);
  const early: Ring[] = [];
  let hear = (ring: Ring): void => {
    early.push(ring);
  };
  let doubt = () => {};
  const closing = [bus.listen(channels.log(id), (ring) => hear(ring as Ring))];
  const close = () => {
    for (const end of closing) end();
  };
  try {
    const onBatch = (batch: ChangeMessage[]) => {
      if (mayEnd(batch)) doubt();
    };
    closing.push(await feed.listen(workspaceId, onBatch));
    const last = (await readLogEnds(db, [id])).get(id);
    if (last === undefined) throw notFound("document");
    const company: Company = new Company({
      ...times,
      worker,
      publish: (message) => bus.publish(channels.company(id), message),
      onNews: () => room.announce(),
    });
    const room = new DocumentRoom(last, {
      read,
      readRoles: (userIds) => rolesIn(db, id, userIds),
      credentialsFresh: () => credentials.fresh(),
      tellCompany: () => company.tell(),
      onError,
    });
    const hub = new LogHub(last, { read, give: (piece) => room.take(piece), onError });
    doubt = () => room.doubt();
    for (const ring of early) hub.hear(ring);
    hear = (ring) => hub.hear(ring);
    closing.push(
      bus.listen(channels.company(id), (said) => company.hear(said as CompanyMessage)),
      () => hub.close(),
      () => company.close(),
    );
    return { hub, room, company, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** Whether something in the workspace may have ended somebody's sight of the document. */
const mayEnd = (batch: ChangeMessage[]) =>
  batch.some(
    (message) =>
      touchesRights(message) ||
      // A folder takes along what is below it.
      (message.entity === "document" && message.change.op === "delete"),
  );
