/** A passkey whose counter goes back was signed with by two: with an authenticator made here, which can be copied. */
import { createHash, createSign, generateKeyPairSync } from "node:crypto";
import { schema } from "@guildhall/db";
import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const { auditEntries, passkeys } = schema;
const HOME = new URL("http://guildhall.test");
const sha256 = (of: string | Buffer) => createHash("sha256").update(of).digest();

/** Of this person, as an authenticator that has counted up to there. */
async function withPasskey(counter: number) {
  const person = await api.person("Ada");
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  // {kty: EC2, alg: ES256, crv: P-256, x, y} in CBOR.
  const cose = Buffer.concat([
    Buffer.from("a5010203262001215820", "hex"),
    Buffer.from(x, "base64url"),
    Buffer.from("225820", "hex"),
    Buffer.from(y, "base64url"),
  ]);
  const credentialId = Buffer.from(uuidv7()).toString("base64url");
  const row = { id: uuidv7(), userId: person.user.id, credentialId, name: "My laptop" };
  await api.services.db
    .insert(passkeys)
    .values({ ...row, publicKey: cose, counter, isSynced: false });

  const show = async (count: number, isSigned = true) => {
    const { options, ticket } = await api.stranger.auth.askForPasskey({});
    const said = { type: "webauthn.get", challenge: options.challenge, origin: HOME.origin };
    const clientData = Buffer.from(JSON.stringify(said));
    const counted = Buffer.alloc(4);
    counted.writeUInt32BE(count);
    const data = Buffer.concat([sha256(HOME.hostname), Buffer.from([0x05]), counted]);
    const signature = createSign("sha256")
      .update(isSigned ? Buffer.concat([data, sha256(clientData)]) : "something else")
      .sign(privateKey);
    const answer = {
      ...{ id: credentialId, rawId: credentialId, type: "public-key" as const },
      response: {
        clientDataJSON: clientData.toString("base64url"),
        authenticatorData: data.toString("base64url"),
        signature: signature.toString("base64url"),
      },
    };
    return api.stranger.auth.signInByPasskey({ passkey: { ticket, answer } });
  };
  const told = () => api.mails.filter(({ to }) => to === person.user.email);
  const noted = () =>
    api.services.db.select().from(auditEntries).where(eq(auditEntries.subjectId, person.user.id));
  const refusals = async () =>
    (await noted()).filter(({ action }) => action === "account.passkeyRefused");
  return { person, show, told, refusals };
}

test("one that counts on signs in; one whose counter stands or goes back is refused, and its person is told", async () => {
  const { person, show, told, refusals } = await withPasskey(7);
  expect(await show(8)).toMatchObject({ user: person.user });
  for (const count of [8, 3, 0]) {
    await expect(show(count)).rejects.toMatchObject({
      reason: "passkey_refused",
      message: expect.stringContaining("may have been copied"),
    });
  }
  await expect.poll(() => told().length).toBe(3);
  expect(told()[0]?.text).toContain("It is called “My laptop”.");
  expect(await refusals()).toMatchObject(Array(3).fill({ after: { passkey: "My laptop" } }));
  // What was refused changed nothing: the one that counts on still signs in.
  expect(await show(9)).toMatchObject({ user: person.user });
});

test("whoever only names a passkey, and can't sign, tells its person of nothing", async () => {
  const { show, told, refusals } = await withPasskey(7);
  await expect(show(3, false)).rejects.toMatchObject({ reason: "passkey_refused" });
  expect(await refusals()).toEqual([]);
  expect(told()).toEqual([]);
});

test("one that doesn't count says 0 for ever", async () => {
  const { person, show, refusals } = await withPasskey(0);
  for (let time = 0; time < 2; time++) expect(await show(0)).toMatchObject({ user: person.user });
  expect(await refusals()).toEqual([]);
});
