/**
 * Sessions, kept by Lucia 3 in Postgres. Lucia is at the end of its life upstream: everything that
 * knows it is in this file, so that it can be replaced here.
 *
 * The client holds a secret; the row's id is its hash, so a copy of the database opens no session.
 */
import { compile, type Db, query, schema } from "@guildhall/db";
import { DrizzlePostgreSQLAdapter } from "@lucia-auth/adapter-drizzle";
import { eq } from "drizzle-orm";
import { type DatabaseSession, type DatabaseUser, Lucia, TimeSpan } from "lucia";
import { hashSecret, makeSecret } from "../core/secrets.ts";

const { sessions, users } = schema;

declare module "lucia" {
  interface Register {
    Lucia: Sessions["lucia"];
    UserId: string;
    DatabaseUserAttributes: { email: string; name: string };
    DatabaseSessionAttributes: { userAgent: string | null; address: string };
  }
}

const COOKIE = "guildhall_session";

const known = compile(["id"], (at) =>
  query
    .select({
      session: { id: sessions.id, userId: sessions.userId, expiresAt: sessions.expiresAt },
      user: { id: users.id, email: users.email, name: users.name },
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(eq(sessions.id, at.id)),
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
    const session = { ...found.session, attributes: { userAgent: null, address: "" } };
    return [session, { id: userId, attributes }];
  }
}

export class Sessions {
  readonly lucia;

  constructor(db: Db, options: { minutes: number; secureCookies: boolean }) {
    this.lucia = new Lucia(new Adapter(db), {
      sessionExpiresIn: new TimeSpan(options.minutes, "m"),
      sessionCookie: {
        name: COOKIE,
        expires: true,
        attributes: { secure: options.secureCookies, sameSite: "lax", path: "/" },
      },
      getUserAttributes: ({ email, name }) => ({ email, name }),
    });
  }

  /** Opens a session; the secret is given out here and nowhere else. */
  async open(userId: string, client: { userAgent: string | null; address: string }) {
    const secret = makeSecret();
    await this.lucia.createSession(userId, client, { sessionId: hashSecret(secret) });
    return { secret, cookie: this.lucia.createSessionCookie(secret).serialize() };
  }

  async find(secret: string) {
    const { session, user } = await this.lucia.validateSession(hashSecret(secret));
    return session ? { sessionId: session.id, user: { ...user } } : null;
  }

  readCookie = (header: string) => this.lucia.readSessionCookie(header);

  blankCookie = () => this.lucia.createBlankSessionCookie().serialize();

  close = (sessionId: string) => this.lucia.invalidateSession(sessionId);
}
