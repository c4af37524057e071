import { FeedRefused } from "@guildhall/api/desktop-feed";
import type { AppUpdater } from "electron-updater";
import type { UpdateState } from "../../shared/updates.ts";
import type { Handlers } from "../bridge/answer-calls.ts";
import { type FeedTrust, NoFeed, SignedProvider } from "./signed-provider.ts";

type Options = {
  /** Null: this copy doesn't update itself, for this reason. */
  updater: AppUpdater | null;
  whyOff: string;
  version: string;
  /** Of the folder that the feed is in; null while no server was named. */
  feedUrl: () => string | null;
  trust: Omit<FeedTrust, "url">;
  tell: (state: UpdateState) => void;
};

/** Looks for updates, brings them, and says how it stands. Whatever goes wrong, the app goes on as it is. */
export function openUpdates({ updater, whyOff, version, feedUrl, trust, tell }: Options) {
  let state: UpdateState = updater
    ? { kind: "current", checkedAt: null }
    : { kind: "off", why: whyOff };
  const become = (next: UpdateState) => {
    state = next;
    tell(next);
  };
  const current = (): UpdateState => ({ kind: "current", checkedAt: new Date().toISOString() });
  const refuse = (why: string) =>
    become({ kind: "refused", why: `${why} Guildhall ${version} stays as it is.` });

  if (updater) {
    updater.autoDownload = false;
    // Without a word, when the app quits anyway.
    updater.autoInstallOnAppQuit = true;
    updater.allowDowngrade = false;
    updater.logger = null;
    updater.on("download-progress", ({ percent }) => {
      if (state.kind !== "downloading" || Math.floor(percent) <= state.percent) return;
      become({ ...state, percent: Math.floor(percent) });
    });
  }

  /** Null: there is nothing newer, or nobody to ask. */
  async function find(from: AppUpdater, url: string): Promise<string | null> {
    const options = {
      provider: "custom",
      updateProvider: SignedProvider,
      trust: { ...trust, url },
    };
    from.setFeedURL(options as Parameters<AppUpdater["setFeedURL"]>[0]);
    const found = await from.checkForUpdates();
    return found?.isUpdateAvailable ? found.updateInfo.version : null;
  }

  async function check(): Promise<UpdateState> {
    const url = feedUrl();
    if (!updater || !url || state.kind === "checking" || state.kind === "downloading") return state;
    const before = state;
    let isFetching = false;
    become({ kind: "checking" });
    try {
      const next = await find(updater, url);
      if (next === null) become(before.kind === "ready" ? before : current());
      else {
        isFetching = true;
        become({ kind: "downloading", version: next, percent: 0 });
        await updater.downloadUpdate();
        become({ kind: "ready", version: next });
      }
    } catch (error) {
      // What is here already was signed, and stays; a fetch that failed has thrown it away.
      if (before.kind === "ready" && !isFetching) become(before);
      else if (error instanceof NoFeed) become(current());
      else refuse(explain(error));
    }
    return state;
  }

  return {
    check,
    calls: {
      getUpdate: () => state,
      checkForUpdate: check,
      // Silently, since the person has chosen already; and the app is there again afterwards.
      installUpdate: () => {
        if (updater && state.kind === "ready") updater.quitAndInstall(true, true);
      },
    } satisfies Pick<Handlers, "getUpdate" | "checkForUpdate" | "installUpdate">,
  };
}

function explain(error: unknown): string {
  if (error instanceof FeedRefused) return error.message;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ERR_CHECKSUM_MISMATCH") {
    return "The update that came isn't the one its makers signed, and was thrown away.";
  }
  if (code === "ERR_UPDATER_INVALID_SIGNATURE") {
    return "The update isn't signed by the makers of this app, and was thrown away.";
  }
  const why = error instanceof Error ? error.message.split("\n", 1)[0] : String(error);
  return `The update couldn't be fetched completely; it is tried again later. (${why})`;
}
