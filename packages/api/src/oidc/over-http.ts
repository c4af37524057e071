/** What is under `/auth/oidc/`: the way to a provider, the way back, and a provider's orders to log out. */
import type { ServerResponse } from "node:http";
import type { Context } from "../core/context.ts";
import { logOutByOrder, NoOrder } from "./backchannel-logout.ts";
import { beginSignIn } from "./begin-sign-in.ts";
import { finishSignIn } from "./finish-sign-in.ts";
import { problemOf } from "./name-problem.ts";
import { withProblem } from "./own-path.ts";
import { SignInRefused } from "./problems.ts";

export const PROVIDERS = "/auth/oidc/";

/** `body`: of a POST. */
export type ProviderCall = { method: string; url: string; host: string | undefined; body: string };

/** False when there is nothing at this address. */
export async function answerProvider(
  ctx: Context,
  { method, url, host, body }: ProviderCall,
  res: ServerResponse,
): Promise<boolean> {
  const { pathname, searchParams, search } = new URL(url, "http://localhost");
  const [, provider = "", what] = /^\/auth\/oidc\/([a-z0-9]+)\/([a-z-]+)$/.exec(pathname) ?? [];
  if (what === "start" && method === "GET") {
    const { publicUrl } = ctx.services.config;
    // The cookie has to be where people come back to: a server may be opened by another name too.
    if (host !== new URL(publicUrl).host) redirect(res, publicUrl + pathname + search);
    else redirect(res, await begin(ctx, provider, searchParams));
  } else if (what === "callback" && method === "GET") {
    redirect(res, await finishSignIn(ctx, { provider, query: search }));
  } else if (what === "backchannel-logout" && method === "POST") {
    await logOut(
      ctx,
      { provider, token: new URLSearchParams(body).get("logout_token") ?? "" },
      res,
    );
  } else return false;
  return true;
}

const begin = (ctx: Context, provider: string, asked: URLSearchParams) =>
  beginSignIn(ctx, {
    provider,
    returnTo: asked.get("to"),
    for: null,
    isAgain: asked.has("again"),
  }).catch((error: unknown) => withProblem("/sign-in", problemOf(ctx, provider, error), provider));

function redirect(res: ServerResponse, location: string) {
  res.writeHead(302, { location, "cache-control": "no-store" }).end();
}

async function logOut(
  ctx: Context,
  { provider, token }: { provider: string; token: string },
  res: ServerResponse,
) {
  res.setHeader("cache-control", "no-store");
  try {
    await logOutByOrder(ctx, provider, token);
    res.writeHead(200).end();
  } catch (error) {
    const isRefused = error instanceof NoOrder || error instanceof SignInRefused;
    if (!isRefused) throw error;
    // Down for a moment: it may send the order again.
    const isAway = error instanceof SignInRefused && error.problem === "provider_unreachable";
    res.writeHead(isAway ? 503 : 400, { "content-type": "application/json" });
    res.end(JSON.stringify({ error: "invalid_request", error_description: error.message }));
  }
}
