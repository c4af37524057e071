/** What becomes of somebody who comes back from a provider: the path on which they go on. */
import { schema } from "@guildhall/db";
import { eq } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { askToReopen } from "../auth/closing/reopen-account.ts";
import type { Context } from "../core/context.ts";
import { askProvider, type Vouched } from "./ask-provider.ts";
import { begunAt, type SignInOnItsWay, takeSignIn } from "./begin-sign-in.ts";
import { connectIdentity } from "./connect-identity.ts";
import { findAccount } from "./find-account.ts";
import { askForPassword, LINK_PAGE } from "./link-account.ts";
import { problemOf } from "./name-problem.ts";
import { openProviderSession } from "./open-session.ts";
import { withProblem } from "./own-path.ts";
import { SignInRefused } from "./problems.ts";

const { users } = schema;

const SIGN_IN_PAGE = "/sign-in";

/** `query` with its `?`, as the provider sent them back. */
type Back = { provider: string; query: string };

export async function finishSignIn(ctx: Context, back: Back): Promise<string> {
  let begun: SignInOnItsWay | null = null;
  try {
    await ctx.services.limits.providers.take(ctx.client.address);
    const state = new URLSearchParams(back.query).get("state") ?? "";
    begun = await takeSignIn(ctx, { provider: back.provider, state });
    const connection = await ctx.services.providers.connect(back.provider);
    const vouched = await askProvider(connection, ctx.services.config, { ...back, state });
    return await goOn(ctx, begun, vouched);
  } catch (error) {
    const problem = problemOf(ctx, back.provider, error);
    await noteRefusal(ctx, back.provider, problem);
    // Who is signed in is told where they were.
    const page = begun && (begun.userId || begun.isAgain) ? begun.returnTo : SIGN_IN_PAGE;
    return withProblem(page, problem, back.provider);
  }
}

/** Of providers that there are: what a stranger writes into the address is none of them. */
async function noteRefusal({ services, client }: Context, id: string, reason: string) {
  const provider = services.providers.list.find((each) => each.id === id);
  if (!provider || reason === "too_many_tries" || reason === "server_failed") return;
  await recordAudit(
    services.db,
    { client },
    { action: "account.providerRefused", subject: { name: provider.name }, after: { reason } },
  );
}

/** A provider that let somebody through as they were has shown nothing of who is at the keyboard. */
function demandAskedAgain(begun: SignInOnItsWay, { authenticatedAt, provider }: Vouched) {
  const earliest = begunAt(begun).getTime() - provider.clockTolerance * 1_000;
  if (!authenticatedAt || authenticatedAt.getTime() < earliest) {
    throw new SignInRefused("not_asked_again");
  }
}

async function goOn(ctx: Context, begun: SignInOnItsWay, vouched: Vouched): Promise<string> {
  const { returnTo } = begun;
  if (begun.isAgain) demandAskedAgain(begun, vouched);
  if (begun.userId) {
    await connectIdentity(ctx, begun.userId, vouched);
    return returnTo;
  }
  const found = await findAccount(ctx, vouched);
  if (found.kind === "known") {
    const closed = await askIfClosed(ctx, found.user.id);
    if (closed) return closed;
    await openProviderSession(ctx, found, vouched);
    return returnTo;
  }
  if (!found.hasPassword) throw new SignInRefused("no_password");
  await askForPassword(ctx, { user: found.user, vouched, returnTo });
  return LINK_PAGE;
}

/** Behind the #: it is for the page alone, and stands in no log. */
async function askIfClosed(ctx: Context, userId: string): Promise<string | null> {
  const [user] = await ctx.services.db.select().from(users).where(eq(users.id, userId));
  const how = { by: "provider", hasPassedFactor: true } as const;
  const closed = user && askToReopen(ctx, user, how);
  if (!closed) return null;
  const asked = { reopen: closed.ticket, until: closed.eraseAt.toISOString() };
  return `${SIGN_IN_PAGE}#${new URLSearchParams(asked)}`;
}
