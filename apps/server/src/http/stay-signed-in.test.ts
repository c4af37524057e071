/** Sessions as browsers and the desktop app have them: over HTTP, for days. */
import { PASSWORD, type TestPerson } from "@guildhall/testing/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestSockets } from "../../testing/sockets.ts";

const DAY_S = 24 * 60 * 60;
type Server = Awaited<ReturnType<typeof startTestSockets>>;
let http: Server;
let https: Server;
beforeAll(async () => {
  http = await startTestSockets({}, undefined, {
    fixedSettings: { sessionMinutes: DAY_S / 60 },
  });
  https = await startTestSockets({}, undefined, {
    fixedSettings: { sessionMinutes: DAY_S / 60 },
    secureCookies: true,
  });
});
afterAll(() => Promise.all([http.stop(), https.stop()]));

/** What a browser keeps of cookies: each for as long as it was told to. */
function browser({ url, api }: Server) {
  const jar = new Map<string, { value: string; leftS: number }>();
  const take = (response: Response) => {
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = "", age] = /^([^=]+)=([^;]*);.*Max-Age=(\d+)/.exec(line) ?? [];
      if (Number(age) > 0) jar.set(name, { value, leftS: Number(age) });
      else jar.delete(name);
    }
    return response;
  };
  return {
    jar,
    async signIn({ user }: TestPerson) {
      const body = JSON.stringify({ json: { email: user.email, password: PASSWORD } });
      const headers = { "content-type": "application/json", origin: url };
      take(await fetch(`${url}/trpc/auth.login`, { method: "POST", headers, body }));
    },
    async ask(path = "/trpc/auth.me") {
      const cookie = [...jar].map(([name, { value }]) => `${name}=${value}`).join("; ");
      return take(await fetch(`${url}${path}`, { headers: { cookie } }));
    },
    /** Time goes by, here and on the server. */
    async wait(hours: number) {
      for (const [name, cookie] of jar) {
        cookie.leftS -= hours * 3_600;
        if (cookie.leftS <= 0) jar.delete(name);
      }
      await goBack(api, hours);
    },
  };
}

const goBack = ({ services }: Server["api"], hours: number) =>
  services.db.execute(
    `update sessions set expires_at = expires_at - interval '${hours} hours',
       cookie_at = cookie_at - interval '${hours} hours'`,
  );

describe("who is at work for three days stays signed in", () => {
  test("on the page", async () => {
    const page = browser(http);
    await page.signIn(await http.api.person("Ada"));
    for (let hour = 0; hour < 72; hour += 6) {
      await page.wait(6);
      const answer = await page.ask();
      expect([hour, answer.status]).toEqual([hour, 200]);
      expect(page.jar.get("guildhall_session")?.leftS).toBe(DAY_S);
      // Once renewed it is left alone: answers with a cookie are kept by no cache.
      expect((await page.ask()).headers.getSetCookie()).toEqual([]);
    }
    await page.wait(25);
    expect((await page.ask()).status).toBe(401);
  });

  test("also when open sockets have kept the session alive meanwhile, and by asking for a file", async () => {
    const page = browser(http);
    await page.signIn(await http.api.person("Bea"));
    await page.wait(20);
    await http.api.services.db.execute("update sessions set expires_at = now() + interval '1 day'");
    await page.ask("/files/01900000-0000-7000-8000-000000000000");
    expect(page.jar.get("guildhall_session")?.leftS).toBe(DAY_S);
  });

  test("in the desktop app, whose token is the same for as long as it is used", async () => {
    const { token } = await http.api.person("Dora");
    const headers = { authorization: `Bearer ${token}` };
    for (let hour = 0; hour < 72; hour += 13) {
      await goBack(http.api, 13);
      const answer = await fetch(`${http.url}/trpc/auth.me`, { headers });
      expect([answer.status, answer.headers.getSetCookie()]).toEqual([200, []]);
    }
    await goBack(http.api, 25);
    expect((await fetch(`${http.url}/trpc/auth.me`, { headers })).status).toBe(401);
  });
});

describe("over https the cookie has a name that no neighbouring host can set", () => {
  const NAME = "__Host-guildhall_session";

  test("and nothing that would spoil it", async () => {
    const page = browser(https);
    await page.signIn(await https.api.person("Ada"));
    expect([...page.jar.keys()]).toEqual([NAME]);
    const { cookie } = await https.api.services.sessions.open(
      (await https.api.person("Bea")).user.id,
      { userAgent: null, address: "" },
    );
    expect(cookie).toMatch(/; Path=\/(;|$)/);
    expect(cookie).toMatch(/; Secure(;|$)/);
    expect(cookie).not.toMatch(/Domain/);
  });

  test("a session under the plain name is carried over; a newer one is not taken from it", async () => {
    const { user, token } = await https.api.person("Carla");
    await https.api.services.db.execute(
      `update sessions set cookie_at = null, host_cookie = false where user_id = '${user.id}'`,
    );
    const page = browser(https);
    page.jar.set("guildhall_session", { value: token, leftS: DAY_S });
    // Two at once, as a page that opens asks: neither is turned away.
    const both = await Promise.all([page.ask(), page.ask()]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect([...page.jar.keys()]).toEqual([NAME]);
    expect((await page.ask()).status).toBe(200);

    const forced = browser(https);
    forced.jar.set("guildhall_session", {
      value: (await https.api.person("Mallory")).token,
      leftS: DAY_S,
    });
    expect((await forced.ask()).status).toBe(401);
  });
});
