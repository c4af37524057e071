/** What a provider says that is wrong, late or garbage, and what comes that it never said. */
import { openBrowser } from "@guildhall/testing/sign-in/browser";
import {
  type HandmadeProvider,
  newKey,
  seconds,
  startHandmadeProvider,
} from "@guildhall/testing/sign-in/handmade-provider";
import { CLIENT } from "@guildhall/testing/sign-in/identity-provider";
import { uuidv7 } from "uuidv7";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import {
  problemIn,
  providerAt,
  type SignInTest,
  startSignInTest,
} from "../../testing/provider-sign-in.ts";

let corp: HandmadeProvider;
let other: HandmadeProvider;
let guildhall: SignInTest;
beforeAll(async () => {
  [corp, other] = [await startHandmadeProvider(), await startHandmadeProvider()];
  guildhall = await startSignInTest(() => [
    providerAt(corp.issuer),
    providerAt(other.issuer, { id: "other", name: "Other" }),
  ]);
});
afterAll(async () => {
  await guildhall.stop();
  await corp.stop();
  await other.stop();
});

const sound = () => {
  const subject = uuidv7();
  return { sub: subject, email: `${subject}@example.com`, email_verified: true, name: "Ada" };
};
beforeEach(() => {
  for (const provider of [corp, other]) provider.claims = sound();
});
afterEach(() => {
  for (const provider of [corp, other]) {
    provider.answers.clear();
    provider.onWayBack = () => {};
  }
  // What was found out of a provider, and that it was away, is forgotten.
  guildhall.set([...guildhall.api.services.providers.list]);
});

test("what is sound is taken", async () => {
  const { problem, call } = await guildhall.signIn();
  expect(problem).toBeNull();
  expect((await call.auth.me()).email).toBe(corp.claims.email);
});

test.each([
  ["another issuer", () => ({ iss: other.issuer }), "token_untrusted"],
  ["another audience", () => ({ aud: "somebody-else" }), "token_untrusted"],
  [
    "several audiences, and no word whose it is",
    () => ({ aud: [CLIENT.id, "b"] }),
    "token_untrusted",
  ],
  ["another's part in it", () => ({ aud: [CLIENT.id, "b"], azp: "b" }), "token_untrusted"],
  ["another nonce", () => ({ nonce: "x".repeat(43) }), "token_untrusted"],
  ["no nonce", () => ({ nonce: undefined }), "token_untrusted"],
  ["no subject", () => ({ sub: undefined }), "token_untrusted"],
  ["an end a minute ago", () => ({ exp: seconds(-60) }), "clocks_differ"],
  ["an end just now, within the tolerance", () => ({ exp: seconds(-10) }), null],
  ["a beginning in a minute", () => ({ nbf: seconds(60) }), "clocks_differ"],
  ["a beginning in a moment, within the tolerance", () => ({ nbf: seconds(10) }), null],
  ["a making in a minute", () => ({ iat: seconds(60) }), "clocks_differ"],
  ["a making in a moment, within the tolerance", () => ({ iat: seconds(10) }), null],
])("an ID token with %s", async (_what, claims, problem) => {
  corp.claims = { ...corp.claims, ...claims() };
  const signed = await guildhall.signIn();
  expect(signed.problem).toBe(problem);
  if (problem === null) return;
  await expect(signed.call.auth.me()).rejects.toMatchObject({ reason: "signed_out" });
});

/** The token endpoint gives this ID token instead, made of what a sound one says. */
function answerWith(make: (claims: object) => Promise<string> | string) {
  corp.answers.set("/token", async () => {
    const claims = {
      ...corp.claims,
      iss: corp.issuer,
      aud: CLIENT.id,
      nonce,
      iat: seconds(),
      exp: seconds(60),
    };
    const id_token = await make(claims);
    return { body: JSON.stringify({ access_token: "x", token_type: "Bearer", id_token }) };
  });
}
let nonce = "";
async function signInWithNonce() {
  const browser = openBrowser();
  const isThere = (url: URL) => url.origin === corp.issuer;
  const { url } = await browser.open(`${guildhall.home}/auth/oidc/corp/start`, isThere);
  nonce = url.searchParams.get("nonce") ?? "";
  return problemIn(await browser.open(url.href));
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

test("a token that its key did not sign is refused: by another key, with none, or changed", async () => {
  answerWith((claims) => corp.sign({ ...claims }));
  expect(await signInWithNonce()).toBeNull();
  const { privateKey } = await newKey();
  answerWith((claims) => corp.sign({ ...claims }, { key: privateKey }));
  expect(await signInWithNonce()).toBe("token_untrusted");
  answerWith((claims) => `${part({ alg: "none" })}.${part(claims)}.`);
  expect(await signInWithNonce()).toBe("token_untrusted");
  answerWith(async (claims) => {
    const [head, , signature] = (await corp.sign({ ...claims })).split(".");
    return `${head}.${part({ ...claims, email: "boss@example.com" })}.${signature}`;
  });
  expect(await signInWithNonce()).toBe("token_untrusted");
});

test("an ID token of an earlier sign-in is not taken for another", async () => {
  let first = "";
  answerWith(async (claims) => {
    first ||= await corp.sign({ ...claims });
    return first;
  });
  expect(await signInWithNonce()).toBeNull();
  expect(await signInWithNonce()).toBe("token_untrusted");
});

test("a provider that changed its keys a moment ago is asked for the new ones", async () => {
  expect((await guildhall.signIn()).problem).toBeNull();
  await corp.rotateKeys();
  expect((await guildhall.signIn()).problem).toBeNull();
});

test("a code of one provider does not do at the other, and an issuer that is said has to be the one", async () => {
  const browser = openBrowser();
  const [atCorp, atOther] = [
    await guildhall.wayBack(browser, "corp"),
    await guildhall.wayBack(browser, "other"),
  ];
  const mixed = new URL(atOther);
  mixed.searchParams.set("code", atCorp.searchParams.get("code") ?? "");
  expect(problemIn(await browser.open(mixed.href))).toBe("sign_in_lost");
  corp.onWayBack = (params) => params.set("iss", other.issuer);
  expect((await guildhall.signIn()).problem).toBe("token_untrusted");
  corp.onWayBack = (params) => params.set("iss", corp.issuer);
  expect((await guildhall.signIn()).problem).toBeNull();
});

test("a code that was used is not good again", async () => {
  const browser = openBrowser();
  const back = await guildhall.wayBack(browser);
  const again = await guildhall.wayBack(browser);
  expect(problemIn(await browser.open(back.href))).toBeNull();
  again.searchParams.set("code", back.searchParams.get("code") ?? "");
  expect(problemIn(await browser.open(again.href))).toBe("sign_in_lost");
});

const DISCOVERY = "/.well-known/openid-configuration";

test.each([
  ["fails", { status: 500, body: "" }],
  ["is garbage", { body: "<html>" }],
  [
    "is of another issuer",
    { body: '{"issuer":"https://evil.example","jwks_uri":"https://evil.example/k"}' },
  ],
  ["says nothing of keys", { body: "ISSUER" }],
])(
  "a provider whose description %s can't be reached, and the other one can",
  async (_what, answer) => {
    corp.answers.set(DISCOVERY, () => ({
      ...answer,
      body: answer.body.replace("ISSUER", JSON.stringify({ issuer: corp.issuer })),
    }));
    guildhall.set([...guildhall.api.services.providers.list]);
    const { landed, problem, browser } = await guildhall.signIn();
    expect([landed.url.pathname, problem]).toEqual(["/sign-in", "provider_unreachable"]);
    expect((await guildhall.signIn("other", browser)).problem).toBeNull();
  },
);

test("a provider that is down is not asked by everybody at once", async () => {
  const gone = await startHandmadeProvider();
  await gone.stop();
  corp.answers.set(DISCOVERY, () => ({ status: 503, body: "" }));
  guildhall.set([providerAt(corp.issuer), providerAt(gone.issuer, { id: "gone" })]);
  const asked = () => corp.asked.filter((path) => path === DISCOVERY).length;
  const before = asked();
  const all = await Promise.all([1, 2, 3].map(() => guildhall.signIn()));
  expect(all.map(({ problem }) => problem)).toEqual(Array(3).fill("provider_unreachable"));
  expect((await guildhall.signIn()).problem).toBe("provider_unreachable");
  expect(asked() - before).toBe(1);
  expect((await guildhall.signIn("gone")).problem).toBe("provider_unreachable");
});

test("a provider that hangs is waited for in bounds, and is there again when it is back", async () => {
  const times = { timeoutSeconds: 0.2, failedMs: 0 };
  guildhall.set([providerAt(corp.issuer)], times);
  corp.answers.set(DISCOVERY, () => new Promise(() => {}));
  expect((await guildhall.signIn()).problem).toBe("provider_unreachable");
  corp.answers.clear();
  expect((await guildhall.signIn()).problem).toBeNull();
  // What was found out of it serves on while it is away.
  guildhall.set([providerAt(corp.issuer)], { ...times, freshMs: 0 });
  expect((await guildhall.signIn()).problem).toBeNull();
  corp.answers.set(DISCOVERY, () => ({ status: 503, body: "" }));
  expect((await guildhall.signIn()).problem).toBeNull();
  corp.answers.set("/token", () => new Promise(() => {}));
  expect((await guildhall.signIn()).problem).toBe("provider_unreachable");
});

test("who answers when a code is handed in, but not as a provider does, counts as away or refusing", async () => {
  corp.answers.set("/token", () => ({ status: 502, body: "bad gateway", type: "text/html" }));
  expect((await guildhall.signIn()).problem).toBe("provider_unreachable");
  corp.answers.set("/token", () => ({ status: 400, body: '{"error":"unauthorized_client"}' }));
  expect((await guildhall.signIn()).problem).toBe("provider_refused");
  corp.answers.set("/token", () => ({ body: '{"access_token":"x","token_type":"Bearer"}' }));
  expect((await guildhall.signIn()).problem).toBe("token_untrusted");
  // Of tokens and secrets nothing is in the log.
  expect(JSON.stringify(guildhall.warnings)).not.toMatch(/eyJ|a secret of the client/);
});
