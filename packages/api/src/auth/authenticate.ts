import type { Db } from "@guildhall/db";
import type { Actor, ApiConfig, Authenticate, Credentials } from "../core/context.ts";
import type { Sessions } from "./sessions.ts";
import { findByToken, looksLikeToken } from "./tokens/tokens.ts";

/** A bearer token is a session's secret or an access token; a page sends its cookie. */
export function createAuthenticate(db: Db, config: ApiConfig, sessions: Sessions): Authenticate {
  const find = async ({ token, cookie }: Credentials): Promise<Actor | null> => {
    if (token && looksLikeToken(token)) return findByToken(db, config, token);
    const found = token
      ? await sessions.find(token)
      : cookie && (await sessions.findByCookie(cookie));
    if (!found) return null;
    return {
      user: found.user,
      credential: {
        kind: "session",
        id: found.sessionId,
        ...("isOld" in found && found.isOld && { isCookieOld: true }),
      },
      scope: "write",
    };
  };
  return async (credentials) => {
    const actor = await find(credentials);
    // Somebody else signed in in another tab: the edits that wait in this one are not theirs.
    if (credentials.expectedUser && actor?.user.id !== credentials.expectedUser) return null;
    return actor;
  };
}
