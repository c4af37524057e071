/**
 * Sessions, kept by Lucia 3 in Postgres. Lucia is at the end of its life upstream: everything that
 * knows it is in this file, so that it can be replaced here.
 *
 * The client holds a secret; the row's id is its hash, so a copy of the database opens no session.
 */
import { type Db, schema } from "@guildhall/db";
import { DrizzlePostgreSQLAdapter } from "@lucia-auth/adapter-drizzle";
import { Lucia, TimeSpan } from "lucia";
import { hashSecret, makeSecret } from "../core/secrets.ts";

declare module "lucia" {
  interface Register {
    Lucia: Sessions["lucia"];
    UserId: string;
    DatabaseUserAttributes: { email: string; name: string };
    DatabaseSessionAttributes: { userAgent: string | null; address: string };
  }
}

const COOKIE = "guildhall_session";

export class Sessions {
  readonly lucia;

  constructor(db: Db, options: { minutes: number; secureCookies: boolean }) {
    const adapter = new DrizzlePostgreSQLAdapter(db, schema.sessions, schema.users);
    this.lucia = new Lucia(adapter, {
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
