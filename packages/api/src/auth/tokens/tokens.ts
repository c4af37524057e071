/** Access tokens for tools: a JWT that names a row, so that revoking the row ends it at once. */
import { compile, type Db, query, schema } from "@guildhall/db";
import { and, eq, gt, isNull, lt, or, sql } from "drizzle-orm";
import { errors, jwtVerify, SignJWT } from "jose";
import type { Actor, ApiConfig } from "../../core/context.ts";
import { noteUse } from "../sessions.ts";

const { accessTokens, users } = schema;
type Secrets = Pick<ApiConfig, "jwtSecret" | "jwtAlgorithm">;
type Token = Pick<
  typeof accessTokens.$inferSelect,
  "id" | "userId" | "scope" | "createdAt" | "expiresAt"
>;

const key = (config: Secrets) => new TextEncoder().encode(config.jwtSecret);

/** The same row gives the same token, so that a repeated mutation is answered alike. */
export const signToken = (config: Secrets, token: Token) =>
  new SignJWT({ scope: token.scope })
    .setProtectedHeader({ alg: config.jwtAlgorithm })
    .setJti(token.id)
    .setSubject(token.userId)
    .setIssuedAt(token.createdAt)
    .setExpirationTime(token.expiresAt)
    .sign(key(config));

export const looksLikeToken = (secret: string) => secret.split(".").length === 3;

async function readTokenId(config: Secrets, jwt: string): Promise<string | null> {
  try {
    const { payload } = await jwtVerify(jwt, key(config), { algorithms: [config.jwtAlgorithm] });
    return payload.jti ?? null;
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}

export async function findByToken(db: Db, config: Secrets, jwt: string): Promise<Actor | null> {
  const tokenId = await readTokenId(config, jwt);
  if (!tokenId) return null;
  const [row] = await validToken(db, { id: tokenId, now: new Date().toISOString() });
  if (!row) return null;
  if (row.isUseOld) {
    await noteTokenUse(db, tokenId);
    await noteUse(db, row.user.id);
  }
  return { user: row.user, credential: { kind: "token", id: tokenId }, scope: row.scope };
}

const useIsOld = or(
  isNull(accessTokens.lastUsedAt),
  lt(accessTokens.lastUsedAt, sql`now() - interval '1 minute'`),
);

const validToken = compile(["id", "now"], (at) =>
  query
    .select({
      user: { id: users.id, email: users.email, name: users.name },
      scope: accessTokens.scope,
      isUseOld: sql<boolean>`${useIsOld}`,
    })
    .from(accessTokens)
    .innerJoin(users, eq(users.id, accessTokens.userId))
    .where(
      and(
        eq(accessTokens.id, at.id),
        isNull(accessTokens.revokedAt),
        gt(accessTokens.expiresAt, at.now),
        isNull(users.deactivatedAt),
        isNull(users.closedAt),
      ),
    ),
);

/** At most one write a minute and token: enough to tell a forgotten token from a busy one. */
const noteTokenUse = (db: Db, tokenId: string) =>
  db
    .update(accessTokens)
    .set({ lastUsedAt: sql`now()` })
    .where(and(eq(accessTokens.id, tokenId), useIsOld));
