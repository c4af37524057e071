/**
 * What the desktop app believes of a feed of updates. Whoever can write the folder that it is read from (a server's
 * operator, or who broke in there) could otherwise offer any program, since a feed brings the sums of its files with
 * itself. So its first line is a signature over all that follows, made where the app is built and checked against a
 * key that was built into the app. To electron-updater that line is a comment.
 *
 * The signature is over the feed's name too: the one of another system is not taken for this one's.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import { z } from "zod";

const FORM = "guildhall-feed-1";
const HEAD = new RegExp(`^# ${FORM} ([0-9a-f]{16}) ([A-Za-z0-9+/=]{88})\\n`);

/** Of a file of the app: one name, which no folder, no drive and no other host can be read from. */
export const feedFileName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/);
export const isFeedName = (name: string) => /^latest(-[a-z0-9]+)*\.yml$/.test(name);

const feed = z.looseObject({
  version: z.string().regex(/^\d{1,9}\.\d{1,9}\.\d{1,9}(-[0-9A-Za-z.-]+)?$/),
  files: z
    .array(
      z.looseObject({
        url: feedFileName,
        sha512: z.base64().length(88),
        size: z.int().positive(),
      }),
    )
    .min(1),
  /** When it was signed: of two feeds the later one counts, and the app takes none that is older than it knew. */
  publishedAt: z.iso.datetime(),
  /** How many of a hundred get it. */
  stagingPercentage: z.int().min(0).max(100).optional(),
});
export type Feed = z.infer<typeof feed>;

export type FeedRefusal = "unsigned" | "other_key" | "tampered" | "unreadable" | "older";

export class FeedRefused extends Error {
  readonly reason: FeedRefusal;
  constructor(reason: FeedRefusal, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** A pair of keys, each one line: the public one is built into the app, the other signs its feeds. */
export const publicKeyOf = (privateKey: string) =>
  createPublicKey(readPrivateKey(privateKey))
    .export({ format: "der", type: "spki" })
    .toString("base64");

/** `key` is PKCS #8 in base64. Throws a sentence. */
function readPrivateKey(key: string): KeyObject {
  try {
    const read = createPrivateKey({
      key: Buffer.from(key, "base64"),
      format: "der",
      type: "pkcs8",
    });
    if (read.asymmetricKeyType === "ed25519") return read;
  } catch {
    // Said below, without what was given.
  }
  throw new Error("DESKTOP_SIGNING_KEY isn't a signing key: npm run desktop:key makes one.");
}

/** By which a feed says whose it is. */
const idOf = (publicKey: string) =>
  createHash("sha256").update(Buffer.from(publicKey, "base64")).digest("hex").slice(0, 16);

const signed = (name: string, body: string) => Buffer.from(`${FORM}\n${name}\n${body}`);

export function signFeed(name: string, content: Feed, privateKey: string): string {
  const body = `${JSON.stringify(feed.parse(content), null, 2)}\n`;
  const signature = sign(null, signed(name, body), readPrivateKey(privateKey));
  return `# ${FORM} ${idOf(publicKeyOf(privateKey))} ${signature.toString("base64")}\n${body}`;
}

/** The content of a feed that one of these keys signed under this name. Throws FeedRefused. */
export function openFeed(name: string, text: string, publicKeys: readonly string[]): Feed {
  const { head, body } = splitFeed(text);
  const key = publicKeys.find((each) => idOf(each) === head.keyId);
  if (!key) {
    throw new FeedRefused(
      "other_key",
      "The update is signed by someone other than the makers of this app.",
    );
  }
  const publicKey = createPublicKey({
    key: Buffer.from(key, "base64"),
    format: "der",
    type: "spki",
  });
  if (!verify(null, signed(name, body), publicKey, Buffer.from(head.signature, "base64"))) {
    throw new FeedRefused("tampered", "The update's description was changed after it was signed.");
  }
  return parseBody(body);
}

/** The same without asking whose it is, for whoever passes it on. Throws FeedRefused. */
export const readFeed = (text: string): Feed => parseBody(splitFeed(text).body);

function splitFeed(text: string) {
  const [line = "", keyId = "", signature = ""] = HEAD.exec(text) ?? [];
  if (!line) throw new FeedRefused("unsigned", "The update isn't signed.");
  return { head: { keyId, signature }, body: text.slice(line.length) };
}

function parseBody(body: string): Feed {
  try {
    return feed.parse(JSON.parse(body));
  } catch {
    throw new FeedRefused("unreadable", "The update's description can't be read.");
  }
}
