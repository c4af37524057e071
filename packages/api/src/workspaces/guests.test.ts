/**
 * Workspaces made at random, and everything that a guest can read of them by whatever procedure: no id, name
 * or address of what they were not let into.
 */
import { startTestApi, type TestApi } from "@guildhall/testing/api";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { matrix } from "../../testing/access-matrix.ts";
import {
  type GuestWorkspace,
  makeGuestWorkspace,
  secretsOf,
  workspacePlan,
} from "../../testing/guest-workspace.ts";
import { readEverything, reads } from "../../testing/read-everything.ts";
import { followBySocket, readers } from "../../testing/readers.ts";
import { readExported } from "../document-exports/read-export.ts";

const SEED = 20261130;
const RUNS = 4;

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const isForGuests = (path: string) => {
  const { about, need } = matrix[path] ?? {};
  return about === "project" || need === "guest";
};

/** What is told live while everybody is at work at their own place, and renames it. */
async function watch(workspace: GuestWorkspace) {
  const { guest, owner, workspaceId, places } = workspace;
  const { firstVisible } = secretsOf(workspace);
  const feed = await followBySocket(api, guest, { workspaceId, seq: 0 });
  const closing = new AbortController();
  const { signal } = closing;
  const open = (token: string) => api.as(token, { signal }).presence;
  const told: unknown[] = [];
  const isTold = Promise.withResolvers<void>();
  const follow = async () => {
    for await (const event of await open(guest.token).onChange({ workspaceId })) {
      told.push(event);
      if (JSON.stringify(event).includes(guest.user.id)) isTold.resolve();
    }
  };
  const ended = [follow()];
  const stay = async (token: string, { kind, id }: { kind: string; id: string }) => {
    const place = kind === "project" ? { projectId: id } : { documentId: id };
    for await (const _ of await open(token).here({ workspaceId, place }));
  };
  for (const place of places) ended.push(stay(place.worker.token, place));
  for (const { id, kind, words } of places) {
    const name = String(words[0]);
    if (kind === "project") await owner.call.projects.update({ id, patch: { description: name } });
    else await owner.call.documents.update({ id, patch: { title: `Now ${name}` } });
  }
  for (const { worker } of places) {
    await worker.call.auth.updateProfile({ name: `${worker.user.name} now` });
  }
  // Something that reaches everybody comes last.
  await owner.call.workspaces.update({ workspaceId, patch: { name: "Forge" } });
  const { seq } = await owner.call.workspaces.open({ workspaceId });
  if (firstVisible) {
    ended.push(stay(guest.token, firstVisible));
    await isTold.promise;
  }
  await feed.until(seq);
  feed.close();
  closing.abort();
  await Promise.allSettled([...ended, feed.ended]);
  return { feed: JSON.stringify(feed.events), presence: JSON.stringify(told) };
}

test("a guest learns of nothing and nobody but what they were let into", async () => {
  const everGiven = new Set<string>();
  await fc.assert(
    fc.asyncProperty(workspacePlan, async (plan) => {
      const workspace = await makeGuestWorkspace(api, plan);
      const { guest, workspaceId } = workspace;
      await api.services.search.settled();
      const live = await watch(workspace);
      await api.services.search.settled();
      const { answers, given } = await readEverything(guest, workspace);
      for (const path of given) everGiven.add(path);
      const exported = await readExported(api.services.db, guest.user.id, { workspaceId });
      const { seq: until } = await guest.call.workspaces.open({ workspaceId });
      const since = await readers["changes.since"]?.(api, guest, { workspaceId, seq: 0, until });
      const all: Record<string, string> = {
        ...answers,
        ...live,
        exports: JSON.stringify(exported),
        since: JSON.stringify(since),
      };
      const { hidden, visible } = secretsOf(workspace);
      const leaks = Object.entries(all).flatMap(([path, text]) =>
        hidden.filter((secret) => text.includes(secret)).map((secret) => `${path}: ${secret}`),
      );
      expect(leaks).toEqual([]);
      // And what they were let into they are given.
      const everything = Object.values(all).join("\n");
      expect(visible.filter((each) => !everything.includes(each))).toEqual([]);
    }),
    { seed: SEED, numRuns: RUNS, endOnFailure: true },
  );
  // A read of a shape that nothing above asks with has to be added there.
  const silent = reads
    .map(([path]) => path)
    .filter((path) => isForGuests(path) && !everGiven.has(path));
  expect(silent).toEqual([]);
}, 300_000);
