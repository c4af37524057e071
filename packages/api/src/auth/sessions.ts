/**
 * Sessions, kept by Lucia 3 in Postgres. Lucia is at the end of its life upstream: everything that
 * knows it is in this file, so that it can be replaced here.
 *
 * The client holds a secret; the row's id is its hash, so a copy of the database opens no session.
 *
 * A session lives as long as it is used, and so must the cookie that carries it. What the browser was
 * told is therefore noted in the row: a page that calls with a cookie of yesterday gets it again, with
 * the whole life again. Sockets cannot set cookies, and answers are lost: so it is not tied to the
 * moment in which the row is extended, but to the age of the cookie.
 *
 * Over https its name begins with `__Host-`: no page of a neighbouring host can set it. A session from
 * before, under the plain name, is carried over; one that was opened under the new name is not taken
 * from the old one.
 */
import { compile, type Db, type Queryable, query, schema } from "@guildhall/db";
import { DrizzlePostgreSQLAdapter } from "@lucia-auth/adapter-drizzle";
import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import { type DatabaseSession, type DatabaseUser, Lucia, TimeSpan } from "lucia";
import type { Credentials, SessionStart } from "../core/context.ts";
import { hashSecret, makeSecret } from "../core/secrets.ts";
import { instanceSettings } from "../core/settings/settings.ts";
import type { SettingsCache } from "../core/settings/settings-cache.ts";

const { sessions, users } = schema;

declare module "lucia" {
  interface Register {
    Lucia: Sessions["lucia"];
    UserId: string;
    DatabaseUserAttributes: { email: string; name: string };
    DatabaseSessionAttributes: {
      userAgent: string | null;
      address: string;
      cookieAt: Date | null;
      hostCookie: boolean;
      isUseOld?: boolean;
    } & Partial<
      Pick<
        typeof sessions.$inferSelect,
        "authenticatedBy" | "factorAt" | "confirmedAt" | "lastUsedAt"
      >
    >;
  }
}

const COOKIE = "guildhall_session";
const HOST_COOKIE = `__Host-${COOKIE}`;
/** Takes a cookie of the plain name away. */
const BLANK = `${COOKIE}=; HttpOnly; Max-Age=0; Path=/; SameSite=Lax; Secure`;
/** A cookie that is older than this part of its life is given out again. */
const RENEWED_AFTER = 1 / 8;

/** At most one write in some minutes and session: enough to tell a forgotten device from a busy one. */
const useIsOld = or(
  isNull(sessions.lastUsedAt),
  lt(sessions.lastUsedAt, sql`now() - interval '5 minutes'`),
);

/** The account was used, whatever by: at most one write in some minutes, behind the same bound of what it was. */
export const noteUse = (q: Queryable, userId: string) =>
  q
    .update(users)
    .set({ lastUsedAt: sql`now()` })
    .where(
      and(
        eq(users.id, userId),
        or(isNull(users.lastUsedAt), lt(users.lastUsedAt, sql`now() - interval '5 minutes'`)),
      ),
    );

const known = compile(["id"], (at) =>
  query
    .select({
      session: { id: sessions.id, userId: sessions.userId, expiresAt: sessions.expiresAt },
      cookie: {
        cookieAt: sessions.cookieAt,
        hostCookie: sessions.hostCookie,
        isUseOld: sql<boolean>`${useIsOld}`,
      },
      user: { id: users.id, email: users.email, name: users.name },
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.id, at.id), isNull(users.deactivatedAt), isNull(users.closedAt))),
);

/** Asked on every call: one named statement, and no more of the person than is told. */
class Adapter extends DrizzlePostgreSQLAdapter {
  readonly #db: Db;

  constructor(db: Db) {
    super(db, sessions, users);
    this.#db = db;
  }

  override async getSessionAndUser(
    id: string,
  ): Promise<[DatabaseSession | null, DatabaseUser | null]> {
    const [found] = await known(this.#db, { id });
    if (!found) return [null, null];
    const { id: userId, ...attributes } = found.user;
    const session = {
      ...found.session,
      attributes: { userAgent: null, address: "", ...found.cookie },
    };
    return [session, { id: userId, attributes }];
  }
}

export class Sessions {
  /** Of the life that a session has now. */
  lucia;
  readonly #db: Db;
  readonly #settings: Pick<SettingsCache, "read">;
  readonly #isSecure: boolean;
  #minutes = 0;

  constructor(db: Db, options: { settings: Pick<SettingsCache, "read">; secureCookies: boolean }) {
    this.#db = db;
    this.#settings = options.settings;
    this.#isSecure = options.secureCookies;
    this.lucia = this.#luciaFor(instanceSettings.sessionMinutes.initially);
  }

  #luciaFor(minutes: number) {
    this.#minutes = minutes;
    return new Lucia(new Adapter(this.#db), {
      sessionExpiresIn: new TimeSpan(minutes, "m"),
      sessionCookie: {
        name: this.#isSecure ? HOST_COOKIE : COOKIE,
        expires: true,
        attributes: { secure: this.#isSecure, sameSite: "lax", path: "/" },
      },
      getUserAttributes: ({ email, name }) => ({ email, name }),
      getSessionAttributes: ({ cookieAt, hostCookie, isUseOld }) => ({
        ...{ cookieAt, hostCookie, isUseOld },
      }),
    });
  }

  /** Lucia takes the length of a session once; an administrator may change it. */
  async #current() {
    const { sessionMinutes } = await this.#settings.read();
    if (sessionMinutes !== this.#minutes) this.lucia = this.#luciaFor(sessionMinutes);
    return { lucia: this.lucia, lifeMs: sessionMinutes * 60_000 };
  }

  /** Opens a session; the secret is given out here and nowhere else. */
  async open(
    userId: string,
    client: { userAgent: string | null; address: string },
    { by, hasPassedFactor, authenticatedAt }: SessionStart = { by: "password" },
  ) {
    const secret = makeSecret();
    const now = new Date();
    const attributes = {
      ...client,
      cookieAt: now,
      hostCookie: this.#isSecure,
      authenticatedBy: by,
      factorAt: hasPassedFactor ? now : null,
      confirmedAt: authenticatedAt ?? now,
      lastUsedAt: now,
    };
    const { lucia } = await this.#current();
    const id = hashSecret(secret);
    await lucia.createSession(userId, attributes, { sessionId: id });
    await noteUse(this.#db, userId);
    return { id, secret, cookie: lucia.createSessionCookie(secret).serialize() };
  }

  async find(secret: string) {
    const { lucia } = await this.#current();
    const { session, user } = await lucia.validateSession(hashSecret(secret));
    if (!session) return null;
    const { id: sessionId, cookieAt, hostCookie, isUseOld } = session;
    if (isUseOld) {
      await this.#db
        .update(sessions)
        .set({ lastUsedAt: sql`now()` })
        .where(and(eq(sessions.id, sessionId), useIsOld));
      await noteUse(this.#db, user.id);
    }
    return { sessionId, user: { ...user }, cookieAt, hostCookie };
  }

  /** Whose cookie a page has; `isOld` when it is time to give it out again. */
  async findByCookie(header: string) {
    const cookie = this.#readCookie(header);
    const found = cookie && (await this.find(cookie.secret));
    if (!found || (cookie.isCarriedOver && found.hostCookie)) return null;
    const { sessionId, user, cookieAt } = found;
    const age = cookieAt ? Date.now() - cookieAt.getTime() : Number.POSITIVE_INFINITY;
    const isOld = cookie.isCarriedOver || age > this.#minutes * 60_000 * RENEWED_AFTER;
    return { sessionId, user, isOld };
  }

  /** The same session for the whole of its life again: what to set in the browser. */
  async renew(header: string): Promise<string[]> {
    const cookie = this.#readCookie(header);
    if (!cookie) return [];
    const now = Date.now();
    const { lucia, lifeMs } = await this.#current();
    await this.#db
      .update(sessions)
      .set({ cookieAt: new Date(now), expiresAt: new Date(now + lifeMs) })
      .where(eq(sessions.id, hashSecret(cookie.secret)));
    return [
      lucia.createSessionCookie(cookie.secret).serialize(),
      ...(cookie.isCarriedOver ? [BLANK] : []),
    ];
  }

  #readCookie(header: string) {
    const secret = this.lucia.readSessionCookie(header);
    if (secret) return { secret, isCarriedOver: false };
    const plain = this.#isSecure && new RegExp(`(?:^|;)\\s*${COOKIE}=([\\w-]+)`).exec(header)?.[1];
    return plain ? { secret: plain, isCarriedOver: true } : null;
  }

  async whyGone({ token, cookie }: Credentials): Promise<"deactivated" | "closed" | null> {
    const secret = token ?? (cookie && this.#readCookie(cookie)?.secret);
    if (!secret) return null;
    const [found] = await this.#db
      .select({ deactivatedAt: users.deactivatedAt, closedAt: users.closedAt })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(eq(sessions.id, hashSecret(secret)));
    return found?.deactivatedAt ? "deactivated" : found?.closedAt ? "closed" : null;
  }

  blankCookies = () => [
    this.lucia.createBlankSessionCookie().serialize(),
    ...(this.#isSecure ? [BLANK] : []),
  ];

  close = (sessionId: string) => this.lucia.invalidateSession(sessionId);
}
