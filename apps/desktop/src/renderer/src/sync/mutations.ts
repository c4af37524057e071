/**
 * What can wait in the outbox, each with how it is sent. Tasks, comments and the tree of documents:
 * what people do all day and must be able to do without a connection. Rights and settings are not
 * here; they are asked of the server at once.
 */
import type { RouterInputs } from "@guildhall/api/client";
import type { DocumentRow } from "@/entities/documents/sync/document.ts";
import type { Task } from "@/entities/tasks/sync/task.ts";
import type { Connection } from "./connection.ts";

type Tasks = RouterInputs["tasks"];
type Comments = RouterInputs["comments"];
type Documents = RouterInputs["documents"];
type Threads = RouterInputs["threads"];

type Inputs = {
  "tasks.create": Tasks["create"] & { id: string };
  "tasks.update": Tasks["update"];
  "tasks.updateMany": Tasks["updateMany"];
  "tasks.move": Tasks["move"];
  "tasks.archiveMany": Tasks["archiveMany"];
  "tasks.restoreMany": Tasks["restoreMany"];
  "tasks.deleteMany": Tasks["deleteMany"];
  "tasks.undo": Tasks["undo"];
  "comments.create": Comments["create"] & { id: string };
  "comments.update": Comments["update"];
  "comments.delete": Comments["delete"];
  "comments.restore": Comments["restore"];
  "documents.create": Documents["create"] & { id: string };
  "documents.update": Documents["update"];
  "documents.move": Documents["move"];
  "documents.archive": Documents["archive"];
  "documents.restore": Documents["restore"];
  "documents.delete": Documents["delete"];
  "documents.restoreFromBin": Documents["restoreFromBin"];
  "documents.undo": Documents["undo"];
  "documents.addFavourite": Documents["addFavourite"];
  "documents.removeFavourite": Documents["removeFavourite"];
  "threads.begin": Threads["begin"] & { id: string; comment: { id: string } };
  "threads.resolve": Threads["resolve"];
  "threads.reopen": Threads["reopen"];
  "threads.reanchor": Threads["reanchor"];
};

export type ActName = keyof Inputs;
export type ActOf<N extends ActName> = { act: N; input: Inputs[N] };
export type Act = { [N in ActName]: ActOf<N> }[ActName];

type Client = Connection["client"];
/** The rows as the server answers them, newest knowledge of each. */
export type Answer = {
  tasks?: Task[];
  documents?: DocumentRow[];
  deletedTaskIds?: string[];
  deletedDocumentIds?: string[];
  /** What keeps something that somebody else has changed since. */
  leftIds?: string[];
};
type Send<N extends ActName> = (client: Client, input: Inputs[N]) => Promise<Answer>;

const none = async (answer: Promise<unknown>): Promise<Answer> => {
  await answer;
  return {};
};
const one = async (answer: Promise<Task>) => ({ tasks: [await answer] });
const many = async (answer: Promise<Task[]>) => ({ tasks: await answer });
const row = async (answer: Promise<DocumentRow>) => ({ documents: [await answer] });

const senders: { [N in ActName]: Send<N> } = {
  "tasks.create": ({ tasks }, input) => one(tasks.create.mutate(input)),
  "tasks.update": ({ tasks }, input) => one(tasks.update.mutate(input)),
  "tasks.updateMany": ({ tasks }, input) => many(tasks.updateMany.mutate(input)),
  "tasks.move": ({ tasks }, input) => one(tasks.move.mutate(input)),
  "tasks.archiveMany": ({ tasks }, input) => many(tasks.archiveMany.mutate(input)),
  "tasks.restoreMany": ({ tasks }, input) => many(tasks.restoreMany.mutate(input)),
  "tasks.deleteMany": async ({ tasks }, input) => {
    const { ids } = await tasks.deleteMany.mutate(input);
    return { deletedTaskIds: ids };
  },
  "tasks.undo": async (client, input) => {
    const { tasks, deletedIds, left } = await client.tasks.undo.mutate(input);
    return { tasks, deletedTaskIds: deletedIds, leftIds: left };
  },
  "comments.create": ({ comments }, input) => none(comments.create.mutate(input)),
  "comments.update": ({ comments }, input) => none(comments.update.mutate(input)),
  "comments.delete": ({ comments }, input) => none(comments.delete.mutate(input)),
  "comments.restore": ({ comments }, input) => none(comments.restore.mutate(input)),
  "documents.create": ({ documents }, input) => row(documents.create.mutate(input)),
  "documents.update": ({ documents }, input) => row(documents.update.mutate(input)),
  "documents.move": ({ documents }, input) => row(documents.move.mutate(input)),
  "documents.archive": ({ documents }, input) => row(documents.archive.mutate(input)),
  "documents.restore": ({ documents }, input) => row(documents.restore.mutate(input)),
  "documents.delete": async ({ documents }, input) => {
    const { id } = await documents.delete.mutate(input);
    return { deletedDocumentIds: [id] };
  },
  "documents.restoreFromBin": ({ documents }, input) => row(documents.restoreFromBin.mutate(input)),
  "documents.undo": async (client, input) => {
    const { documents, deletedIds, left } = await client.documents.undo.mutate(input);
    return { documents, deletedDocumentIds: deletedIds, leftIds: left };
  },
  "documents.addFavourite": ({ documents }, input) => none(documents.addFavourite.mutate(input)),
  "documents.removeFavourite": ({ documents }, input) =>
    none(documents.removeFavourite.mutate(input)),
  "threads.begin": ({ threads }, input) => none(threads.begin.mutate(input)),
  "threads.resolve": ({ threads }, input) => none(threads.resolve.mutate(input)),
  "threads.reopen": ({ threads }, input) => none(threads.reopen.mutate(input)),
  "threads.reanchor": ({ threads }, input) => none(threads.reanchor.mutate(input)),
};

export function send(client: Client, { act, input }: Act, mutationId: string): Promise<Answer> {
  const sender = senders[act] as Send<ActName>;
  return sender(client, { ...input, mutationId });
}
