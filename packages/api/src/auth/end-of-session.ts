import { schema } from "@guildhall/db";
import { eq } from "drizzle-orm";
import type { Services } from "../core/context.ts";

const { providerSessions } = schema;

/**
 * Where the browser of who came by a provider goes to end the session there too; null for who came
 * otherwise, and where that provider has no such page or cannot be reached: nobody stays signed in here
 * for that.
 */
export async function findEndOfSession(
  { db, config, providers }: Services,
  sessionId: string,
): Promise<string | null> {
  const [session] = await db
    .select({ provider: providerSessions.provider, idToken: providerSessions.idToken })
    .from(providerSessions)
    .where(eq(providerSessions.sessionId, sessionId));
  return session ? providers.endSessionUrl(session, `${config.publicUrl}/sign-in`) : null;
}
