import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { uuidv7 } from "uuidv7";
import { z } from "zod/mini";
import { storedDesktop } from "../shared/desktop-settings.ts";
import { storedWindow, windowBounds } from "./windows/stored-window.ts";

const orNull = <T extends z.ZodMiniType>(schema: T) => z._default(z.nullable(schema), null);

/** What cannot be read begins anew by itself, and takes no account with it. */
const orNew = <T extends z.ZodMiniType>(schema: T, first: z.output<T>) =>
  z.catch(z._default(schema, first as never), first as never);

/** A certificate that its person trusts for one server, and for no other. */
const pinnedCertificate = z.object({
  /** `host:port` of the address it was shown for. */
  host: z.string(),
  /** SHA-256 of the certificate, in hexadecimal. */
  fingerprint: z.string(),
  subject: z.string(),
});
export type PinnedCertificate = z.output<typeof pinnedCertificate>;

/** A server and an account on it; or a workspace on this computer. */
const profile = z.object({
  /** Names its partition, so it is never given again. */
  id: z.string().check(z.regex(/^[\w-]{1,64}$/)),
  kind: z._default(z.enum(["server", "local"]), "server"),
  /** As its person calls it; null: by its address. */
  name: orNull(z.string()),
  serverUrl: orNull(z.string()),
  /** Base64 of what safeStorage encrypted; never a token in the clear. */
  encryptedToken: orNull(z.string()),
  /** The server that issued the token: another server must never be sent it. */
  tokenServerUrl: orNull(z.string()),
  certificate: orNull(pinnedCertificate),
});
export type Profile = z.output<typeof profile>;

/**
 * Loose: what a newer app has stored stays when an older one is started again. What a version changes is
 * mended in `migrate`; a field that only came has a default.
 */
const settings = z.looseObject({
  version: z.number(),
  profiles: z.array(profile).check(z.minLength(1)),
  /** The one that was used last. */
  currentProfileId: z.string(),
  /** Null: nobody was asked. See profiles/token-store.ts. */
  storesTokensInPlain: orNull(z.boolean()),
  /** As they are found again at the next start. */
  windows: orNew(z.array(storedWindow), []),
  /** What was set of the app itself, otherwise than by itself: desktop-settings.ts. */
  desktop: orNew(storedDesktop, {}),
  /** In percent, of each profile. */
  zoom: orNew(z.record(z.string(), z.number()), {}),
  /** That the app goes on without a window is said once. */
  saidStaysOpen: orNew(z.boolean(), false),
  /** When the newest feed of updates that was taken for true was signed. */
  newestFeed: orNull(z.string()),
});
export type Settings = z.output<typeof settings>;

const VERSION = 2;

export const newProfile = (values: Partial<Profile> = {}): Profile => ({
  ...profile.parse({ id: uuidv7() }),
  ...values,
});

function firstSettings(values: Partial<Profile> = {}): Settings {
  const first = newProfile(values);
  return settings.parse({ version: VERSION, profiles: [first], currentProfileId: first.id });
}

const versionOne = z.object({
  serverUrl: orNull(z.string()),
  encryptedToken: orNull(z.string()),
  tokenServerUrl: orNull(z.string()),
  window: orNull(windowBounds),
});

/** Of the version before there was one server, and no number. */
function migrate(stored: unknown): unknown {
  if (typeof stored !== "object" || stored === null || "version" in stored) return stored;
  const { window, ...first } = versionOne.parse(stored);
  const settings = firstSettings(first);
  const profileId = settings.currentProfileId;
  return { ...settings, windows: window ? [{ profileId, path: "/", bounds: window }] : [] };
}

/** One small JSON file in the user data folder, replaced by a rename so that it is never half written. */
export function openSettings(path: string) {
  let current = read(path);
  return {
    get: () => current,
    update(patch: Partial<Settings>) {
      current = { ...current, ...patch };
      mkdirSync(dirname(path), { recursive: true });
      const draft = `${path}.new`;
      writeFileSync(draft, `${JSON.stringify(current, null, 2)}\n`, { mode: 0o600 });
      renameSync(draft, path);
    },
  };
}

export type SettingsFile = ReturnType<typeof openSettings>;

function read(path: string): Settings {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    // Absent on the first run.
    return firstSettings();
  }
  try {
    return settings.parse(migrate(JSON.parse(text)));
  } catch (error) {
    // The app can ask for all of it again. What waits unsent is in the partitions that it names, so it is kept.
    console.error(`The settings can't be read; they are kept as ${path}.unreadable.`, error);
    renameSync(path, `${path}.unreadable`);
    return firstSettings();
  }
}
