/** The bridge's rows about a workspace on this computer, and its server's life beside the app's. */
import { existsSync, readFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { app, utilityProcess } from "electron";
import type { LocalOffer, LocalState } from "../../shared/local.ts";
import type { Handlers } from "../bridge/answer-calls.ts";
import { ExpectedError } from "../bridge/expected-error.ts";
import type { Servers } from "../profiles/servers.ts";
import type { Fork } from "./local-options.ts";
import { openLocalServer } from "./local-server.ts";
import { moveToServer } from "./move-to-server.ts";
import { signInOwner } from "./owner.ts";

type Parts = { servers: Servers; userData: string; program: string; onChanged: () => void };

export function openLocal({ servers, userData, program, onChanged }: Parts) {
  const { profiles, tokens } = servers;
  const folder = join(userData, "workspace");
  let state: LocalState = { kind: "stopped" };
  const local = openLocalServer({
    ...{ folder, program, version: app.getVersion() },
    fork: ((file, args, options) => utilityProcess.fork(file, args, options)) as Fork,
    onState(next) {
      state = next;
      onChanged();
    },
  });

  function readOffer(): LocalOffer["megabytes"] {
    const file = join(program, "megabytes.json");
    return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
  }

  /** Runs, and the profile is signed in to it at the address that it has now. */
  async function ready(profileId: string): Promise<string> {
    const url = await local.start();
    const { serverUrl } = profiles.get(profileId);
    if (serverUrl === url && tokens.get(profileId)) return url;
    const name = userInfo().username || "Me";
    const token = await signInOwner({ url, folder, name, fetch: globalThis.fetch });
    profiles.update(profileId, { serverUrl: url });
    await tokens.set(profileId, token);
    return url;
  }

  // Saved data is safe however the app ends; asked to, it ends behind its Postgres.
  app.on("will-quit", (event) => {
    if (!local.url()) return;
    event.preventDefault();
    void local.stop().finally(() => app.quit());
  });

  const calls = {
    getLocalOffer: () => ({ megabytes: readOffer(), state }),
    async useThisComputer(_nothing, { profileId, contents }) {
      if (!readOffer()) throw new ExpectedError("This app was packed without a server.");
      const mine = profiles.list().find(({ kind }) => kind === "local");
      if (mine) return servers.switchTo(mine.id, contents);
      await local.start();
      const isBlank = servers.serverUrlOf(profileId) === null;
      const id = isBlank ? profileId : profiles.add().id;
      profiles.update(id, { kind: "local" });
      await ready(id);
      onChanged();
      if (id !== profileId) servers.switchTo(id, contents);
    },
    async getServerUrl(_nothing, { profileId }) {
      if (profiles.get(profileId).kind === "local") return ready(profileId);
      return servers.serverUrlOf(profileId);
    },
    async moveToServer(id, { profileId }) {
      const url = servers.serverUrlOf(id);
      const token = tokens.get(id);
      if (profiles.get(profileId).kind !== "local" || !url || !token) {
        throw new ExpectedError("Sign in to the server first, then move the workspace there.");
      }
      const from = { url: await ready(profileId), token: tokens.get(profileId) };
      const to = servers.sessionOf(id);
      return moveToServer({
        from: { ...from, fetch: globalThis.fetch },
        to: { url, token, fetch: to.fetch.bind(to) as typeof globalThis.fetch },
        folder,
        onProgress: () => {},
      });
    },
  } satisfies Partial<Handlers>;
  return { calls, stop: () => local.stop() };
}
