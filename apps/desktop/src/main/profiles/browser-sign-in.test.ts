import { createHash } from "node:crypto";
import { get } from "node:http";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { signInByBrowser } from "./browser-sign-in.ts";

type Asked = { port: string; challenge: string; state: string; app: string; computer: string };

/** As the browser asks that port; `host` where it has come by another name. */
async function call(port: string, path: string, host?: string) {
  const answer = await new Promise<import("node:http").IncomingMessage>((resolve, reject) =>
    get({ host: "127.0.0.1", port, path, headers: host ? { host } : {} }, resolve).on(
      "error",
      reject,
    ),
  );
  return { status: answer.statusCode, headers: answer.headers, page: await text(answer) };
}

function begin(onOpened: (asked: Asked, url: URL) => Promise<void>, abort = new AbortController()) {
  return signInByBrowser({
    ...{ serverUrl: "https://team.example.org/g", app: "Guildhall 0.1.0 for Linux" },
    ...{ computer: "laptop", signal: abort.signal },
    openInBrowser: (url) => {
      const asked = Object.fromEntries(new URL(url).searchParams);
      return onOpened(asked as Asked, new URL(url));
    },
  });
}

describe("signing in by the browser", () => {
  it("asks in the browser, and takes the code that comes back to this computer", async () => {
    let seen: Asked | null = null;
    const { code, verifier } = await begin(async (asked, url) => {
      seen = asked;
      expect(url.origin + url.pathname).toBe("https://team.example.org/g/sign-in-app");
      const { page, headers } = await call(asked.port, `/signed-in?code=one&state=${asked.state}`);
      expect(page).toContain("You're signed in");
      expect(headers["content-security-policy"]).toContain("default-src 'none'");
    });
    expect(code).toBe("one");
    expect(seen).toMatchObject({
      ...{ app: "Guildhall 0.1.0 for Linux", computer: "laptop" },
      challenge: createHash("sha256").update(verifier).digest("base64url"),
    });
    // The port is closed again.
    await expect(call((seen as unknown as Asked).port, "/signed-in")).rejects.toThrow();
  });

  it("hears nobody who does not know its state, and goes on waiting", async () => {
    const { code } = await begin(async ({ port, state }) => {
      for (const [path, host] of [
        ["/signed-in?code=theirs&state=guessed"],
        ["/signed-in?code=theirs"],
        ["/signed-in?error=access_denied&state=guessed"],
        [`/elsewhere?code=theirs&state=${state}`],
        [`/signed-in?code=theirs&state=${state}`, `evil.example:${port}`],
      ] as const) {
        expect((await call(port, path, host)).status).toBe(404);
      }
      await call(port, `/signed-in?code=ours&state=${state}`);
    });
    expect(code).toBe("ours");
  });

  it("says that it was cancelled in the browser, or here, or that there is no browser", async () => {
    const inBrowser = begin(async ({ port, state }) => {
      await call(port, `/signed-in?error=access_denied&state=${state}`);
    });
    await expect(inBrowser).rejects.toThrow("You cancelled the sign-in in the browser.");
    const abort = new AbortController();
    await expect(begin(async () => abort.abort(), abort)).rejects.toThrow("was cancelled");
    const none = begin(async () => {
      throw new Error("no handler");
    });
    await expect(none).rejects.toThrow("Your browser couldn't be opened.");
  });
});
