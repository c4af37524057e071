import { type Feed, FeedRefused, openFeed } from "@guildhall/api/desktop-feed";
import {
  type AppUpdater,
  Provider,
  type ResolvedUpdateFileInfo,
  type UpdateInfo,
} from "electron-updater";

/** What the app believes of a feed, and what it has seen of it before. */
export type FeedTrust = {
  /** Of the folder, which ends with a slash. */
  url: string;
  /** Of whom updates are taken. */
  publicKeys: readonly string[];
  /** When the newest feed that was ever taken for true was signed, in ISO; null: none was. */
  newestSeen: () => string | null;
  onSeen: (publishedAt: string) => void;
};

/** There is no feed at that address: nobody published the app there. */
export class NoFeed extends Error {}

/** What electron-updater hands its providers. */
type Runtime = {
  isUseMultipleRangeRequest: boolean;
  platform: "darwin" | "linux" | "win32";
  executor: Provider<UpdateInfo>["executor"];
};
type Options = { trust: FeedTrust };

/**
 * Reads a feed as electron-updater's own provider does, but takes it only when the app's makers signed it
 * (packages/api: desktop/signed-feed.ts), and it is not older than what was seen before. What it names by its sum is
 * then as good as the signature: electron-updater throws away what has another.
 */
export class SignedProvider extends Provider<UpdateInfo> {
  readonly #trust: FeedTrust;
  readonly #updater: AppUpdater;

  constructor({ trust }: Options, updater: AppUpdater, runtime: Runtime) {
    // Our server, as many, gives one range at a time.
    super({ ...runtime, isUseMultipleRangeRequest: false });
    this.#trust = trust;
    this.#updater = updater;
  }

  /** It would tell each server an id of this installation. */
  override setRequestHeaders(): void {}

  async getLatestVersion(): Promise<UpdateInfo> {
    const name = `${this.getDefaultChannelName()}.yml`;
    const text = await this.httpRequest(new URL(name, this.#trust.url)).catch(explainMissing);
    const feed = openFeed(name, text ?? "", this.#trust.publicKeys);
    this.#refuseOlder(feed);
    this.#trust.onSeen(feed.publishedAt);
    // Of one file it was built with the old fields; nobody reads them here.
    return { path: "", sha512: "", releaseDate: feed.publishedAt, ...feed };
  }

  /** Older is what somebody signed once and another plays back, to keep or bring the app where it had a hole. */
  #refuseOlder({ version, publishedAt }: Feed) {
    const { currentVersion } = this.#updater;
    if (currentVersion.compare(version) > 0) {
      throw new FeedRefused(
        "older",
        `Version ${version} is offered, which is older than this app.`,
      );
    }
    const seen = this.#trust.newestSeen();
    if (seen !== null && publishedAt < seen) {
      throw new FeedRefused(
        "older",
        "An older release is offered than one that was offered before.",
      );
    }
  }

  resolveFiles({ files }: UpdateInfo): ResolvedUpdateFileInfo[] {
    return files.map((info) => ({ url: new URL(info.url, this.#trust.url), info }));
  }
}

function explainMissing(error: unknown): never {
  const isMissing = error instanceof Error && "statusCode" in error && error.statusCode === 404;
  throw isMissing ? new NoFeed("There's no feed of updates at this address.") : error;
}
