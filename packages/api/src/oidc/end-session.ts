/** The log-out at the provider, when somebody signs out here who came by one. */
import { schema } from "@guildhall/db";
import { eq } from "drizzle-orm";
import * as client from "openid-client";
import type { Services } from "../core/context.ts";

const { providerSessions } = schema;

/**
 * Where the browser goes to end the session there too; null for who came otherwise, and where the provider
 * has no such page, is gone from the settings, or cannot be reached: nobody stays signed in here for that.
 */
export async function findEndOfSession(
  { db, config, providers }: Services,
  sessionId: string,
): Promise<string | null> {
  const [session] = await db
    .select()
    .from(providerSessions)
    .where(eq(providerSessions.sessionId, sessionId));
  if (!session) return null;
  const connection = await providers.connect(session.provider).catch(() => null);
  if (!connection?.configuration.serverMetadata().end_session_endpoint) return null;
  return client.buildEndSessionUrl(connection.configuration, {
    id_token_hint: session.idToken,
    post_logout_redirect_uri: `${config.publicUrl}/sign-in`,
  }).href;
}
