import { schema } from "@guildhall/db";
import { desc, eq } from "drizzle-orm";
import type { Context } from "../../core/context.ts";

const { identities } = schema;

/** Where the browser of who came by a provider goes to sign in through it. */
export async function findWayIn({ services }: Context, userId: string): Promise<string> {
  const theirs = await services.db
    .select({ provider: identities.provider })
    .from(identities)
    .where(eq(identities.userId, userId))
    .orderBy(desc(identities.lastUsedAt));
  const known = theirs.find(({ provider }) =>
    services.providers.list.some(({ id }) => id === provider),
  );
  return known ? `/auth/oidc/${known.provider}/start` : "/sign-in";
}
