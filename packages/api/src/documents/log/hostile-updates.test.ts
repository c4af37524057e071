import { schema } from "@guildhall/db";
import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { base64, typed } from "@guildhall/testing/editor";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { eq } from "drizzle-orm";
import fc from "fast-check";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { PushCheck } from "./check-push.ts";
import { faultOf } from "./check-update.ts";

let api: TestApi;
let team: Team;
beforeAll(async () => {
  api = await startTestApi();
  team = await makeTeam(api);
});
afterAll(() => api.stop());

const newDocument = async () =>
  (await team.editor.call.documents.create({ workspaceId: team.workspaceId })).id;
const pushAs = ({ call }: Pick<TestPerson, "call">, documentId: string, update: Uint8Array) =>
  call.documents.push({ documentId, id: uuidv7(), update: base64(update) });
const large = () => updateOf((doc) => text(doc).insert(0, "long ".repeat(10_000)));
const { documentUpdates } = schema;
const idsIn = (documentId: string) =>
  api.services.db
    .select({ id: documentUpdates.id })
    .from(documentUpdates)
    .where(eq(documentUpdates.documentId, documentId));

const good = typed(new Y.Doc(), "Hello");

function updateOf(write: (doc: Y.Doc) => void): Uint8Array {
  const doc = new Y.Doc();
  write(doc);
  return Y.encodeStateAsUpdate(doc);
}

const varUint = (n: number): number[] =>
  n < 128 ? [n] : [(n & 127) | 128, ...varUint(Math.floor(n / 128))];

/** Many who wrote at one place, each with another end of it: each is compared with all before it. */
function crowd(people: number): Uint8Array {
  const line = new TextEncoder().encode("x".repeat(people));
  const writer = varUint(people + 1);
  const paragraph = [0b111, 1, 7, ...Buffer.from("default"), 6];
  const letters = [0b100, 0, ...writer, 0, ...varUint(people), ...line];
  const bytes = [...varUint(people + 1), 2, ...writer, 0, ...paragraph, ...letters];
  for (let client = people; client > 0; client--) {
    const before = 1 + ((client * 7_919) % people);
    bytes.push(1, ...varUint(client), 0, 0b0100_0100, ...writer, ...varUint(before), 1, 0x61);
  }
  return new Uint8Array([...bytes, 0]);
}

/** So many values of one attribute at once: each is compared with all before it. */
function rivals(count: number): Uint8Array {
  const paragraph = [0b111, 1, 7, ...Buffer.from("default"), 3, 9, ...Buffer.from("paragraph")];
  const bytes = [1, ...varUint(count + 1), 1, 0, ...paragraph];
  for (let i = 0; i < count; i++) bytes.push(0b0010_1000, 0, 1, 0, 1, 0x61, 1, 126);
  return new Uint8Array([...bytes, 0]);
}

const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);
const element = (doc: Y.Doc, key: string, value: unknown) => {
  const made = new Y.XmlElement("paragraph");
  doc.getXmlFragment("default").insert(0, [made]);
  made.setAttribute(key, value as string);
};
const text = (doc: Y.Doc) => {
  const made = new Y.XmlText("Hello");
  doc.getXmlFragment("default").insert(0, [made]);
  return made;
};

const hostile: Record<string, [update: () => Uint8Array, reason: string]> = {
  "seven bytes that announce 20 million structs": [
    () => Uint8Array.of(1, 0xff, 0xff, 0xff, 0x0a, 1, 0),
    "update_broken",
  ],
  "seven bytes that announce a billion deletions": [
    () => Uint8Array.of(0, 1, 1, 0xff, 0xff, 0xff, 0x7f),
    "update_broken",
  ],
  "one that is cut off": [() => good.slice(0, -3), "update_broken"],
  "one with something behind it": [() => Uint8Array.of(...good, 0), "update_broken"],
  "one in the v2 encoding": [() => Y.convertUpdateFormatV1ToV2(good), "update_broken"],
  "an empty one in the v2 encoding": [() => Y.encodeStateAsUpdateV2(new Y.Doc()), "update_broken"],
  "deletions that overlap": [() => Uint8Array.of(0, 1, 1, 2, 0, 9, 0, 9), "update_broken"],
  "deletions that go on for ever": [
    () => Uint8Array.of(0, 1, 1, 1, 0, ...varUint(2 ** 53 - 1)),
    "update_broken",
  ],
  "one from the end of all numbers": [
    () => Uint8Array.of(1, 1, 1, ...varUint(2 ** 52), 0, 1, 0),
    "update_broken",
  ],
  "an attribute with the name of a prototype": [
    () => updateOf((doc) => element(doc, "__proto__", 1)),
    "update_broken",
  ],
  "an attribute 40 lists deep": [
    () => updateOf((doc) => element(doc, "a", nested(40))),
    "update_broken",
  ],
  "a mark 40 lists deep": [
    () => updateOf((doc) => text(doc).format(0, 5, { bold: nested(40) })),
    "update_broken",
  ],
  "another root": [
    () => updateOf((doc) => doc.getXmlFragment("other").insert(0, [new Y.XmlText("x")])),
    "update_foreign",
  ],
  "a map where the text is": [
    () => updateOf((doc) => doc.getMap("default").set("a", 1)),
    "update_foreign",
  ],
  "a map within the text": [
    () => updateOf((doc) => element(doc, "a", new Y.Map())),
    "update_foreign",
  ],
  "a document within the text": [
    () => updateOf((doc) => element(doc, "a", new Y.Doc())),
    "update_foreign",
  ],
  "bytes within the text": [
    () => updateOf((doc) => element(doc, "a", Uint8Array.of(1, 2))),
    "update_foreign",
  ],
  "something embedded in the text": [
    () => updateOf((doc) => text(doc).insertEmbed(0, { a: 1 })),
    "update_foreign",
  ],
  "a block that no editor knows": [
    () => updateOf((doc) => doc.getXmlFragment("default").insert(0, [new Y.XmlElement("script")])),
    "update_foreign",
  ],
  "a block with a name that every object has": [
    () =>
      updateOf((doc) => doc.getXmlFragment("default").insert(0, [new Y.XmlElement("toString")])),
    "update_foreign",
  ],
  "a mark that no editor knows": [
    () => updateOf((doc) => text(doc).format(0, 5, { blink: true })),
    "update_foreign",
  ],
  "240,000 small things at one place": [() => rivals(240_000), "update_heavy"],
  "an hour of work": [() => crowd(20_000), "update_heavy"],
};

test.each(Object.entries(hostile))(
  "%s is refused, and not in the log",
  async (_, [make, reason]) => {
    const documentId = await newDocument();
    const push = (update: Uint8Array) => pushAs(team.editor, documentId, update);
    await expect(push(make())).rejects.toMatchObject({ code: "BAD_REQUEST", reason });
    // Whatever became of the thread, the next one is judged.
    expect(await push(large())).toEqual({ seq: 1 });
    expect(await idsIn(documentId)).toHaveLength(1);
  },
);

test("who sends much of it is told to wait, and holds up nobody", async () => {
  const { owner, join } = team;
  const guest = await api.person("Gast");
  await join(guest.user.id, "editor");
  const documentId = await newDocument();
  const heavy = crowd(20_000);
  const over: unknown[] = [];
  const attack = Array.from({ length: 50 }, () =>
    pushAs(guest, documentId, heavy).catch((error) => over.push(error.reason)),
  );
  await expect.poll(() => over.length).toBeGreaterThan(0);
  const first = await pushAs(owner, documentId, typed(new Y.Doc(), "small"));
  const second = await pushAs(owner, documentId, large());
  expect([first, second]).toEqual([{ seq: 1 }, { seq: 2 }]);
  // They did not wait for all that was before them in the line.
  expect(over).not.toContain("update_broken");
  expect(over.length).toBeLessThan(50);
  await Promise.all(attack);
  expect(new Set(over)).toEqual(new Set(["update_heavy", "too_often"]));
  expect(await idsIn(documentId)).toHaveLength(2);
});

test("who overran the bounds is judged apart: what they send next holds up no other's", async () => {
  const check = new PushCheck();
  const heavy = base64(crowd(20_000));
  const chapter = base64(large());
  const refusal = { reason: "update_heavy" };
  try {
    await expect(check.check({ update: heavy, actorId: "mallory" })).rejects.toMatchObject(refusal);
    await check.check({ update: chapter, actorId: "ann" });
    const order: string[] = [];
    const attack = check
      .check({ update: heavy, actorId: "mallory" })
      .catch(({ reason }) => order.push(reason));
    await check.check({ update: chapter, actorId: "ann" }).then(() => order.push("ann"));
    await attack;
    expect(order).toEqual(["ann", "update_heavy"]);
  } finally {
    await check.stop();
  }
});

test("ten new accounts that overrun the bounds hold up nobody who has written before", async () => {
  const check = new PushCheck();
  const heavy = base64(crowd(20_000));
  const chapter = base64(large());
  try {
    await check.check({ update: chapter, actorId: "ann" });
    const order: string[] = [];
    const attack = Array.from({ length: 10 }, (_, i) =>
      check
        .check({ update: heavy, actorId: `mallory ${i}` })
        .catch(({ reason }) => order.push(reason)),
    );
    // Each of the ten would be within its share, and Ann the eleventh.
    await check.check({ update: chapter, actorId: "ann" }).then(() => order.push("ann"));
    await Promise.all(attack);
    expect(order).toEqual(["ann", ...Array.from({ length: 10 }, () => "update_heavy")]);
  } finally {
    await check.stop();
  }
});

test("a good one buys no second overrun among those who write", async () => {
  const check = new PushCheck();
  const heavy = base64(crowd(20_000));
  const chapter = base64(large());
  const overrun = () =>
    expect(check.check({ update: heavy, actorId: "mallory" })).rejects.toMatchObject({
      reason: "update_heavy",
    });
  try {
    for (const actorId of ["ann", "mallory"]) await check.check({ update: chapter, actorId });
    await overrun();
    await check.check({ update: chapter, actorId: "mallory" });
    const order: string[] = [];
    const second = overrun().then(() => order.push("mallory"));
    await check.check({ update: chapter, actorId: "ann" }).then(() => order.push("ann"));
    await second;
    expect(order).toEqual(["ann", "mallory"]);
  } finally {
    await check.stop();
  }
});

test("who overran the bounds again and again is told before anything large is read, others are not", async () => {
  const check = new PushCheck();
  const heavy = { update: base64(crowd(20_000)), actorId: "mallory" };
  try {
    for (let overruns = 0; overruns < 3; overruns++) {
      expect(check.takesLarge("mallory")).toBe(true);
      await expect(check.check(heavy)).rejects.toMatchObject({ reason: "update_heavy" });
    }
    expect(check.takesLarge("mallory")).toBe(false);
    expect(check.takesLarge("ann")).toBe(true);
    await expect(check.check(heavy)).rejects.toMatchObject({ reason: "too_often" });
    // What is small costs nobody anything.
    await check.check({ update: base64(good), actorId: "mallory" });
  } finally {
    await check.stop();
  }
});

test("a client that sends thousands in a moment is told to wait, the others are not", async () => {
  const { viewer, owner } = team;
  const documentId = await newDocument();
  // Refused before the database is asked, and still counted.
  const refusals = await Promise.all(
    Array.from({ length: 2_500 }, () =>
      pushAs(viewer, documentId, Uint8Array.of(1)).catch((error) => error),
    ),
  );
  const tooOften = refusals.filter(({ reason }) => reason === "too_often");
  expect(tooOften.length).toBeGreaterThan(0);
  expect(tooOften[0]).toMatchObject({ code: "TOO_MANY_REQUESTS" });
  await expect(pushAs(owner, documentId, good)).resolves.toBeDefined();
});

test("five megabytes are refused before they are looked at", async () => {
  const { editor, workspaceId } = team;
  const { id: documentId } = await editor.call.documents.create({ workspaceId });
  const update = Buffer.alloc(5 * 1024 * 1024).toString("base64");
  await expect(
    editor.call.documents.push({ documentId, id: uuidv7(), update }),
  ).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

/** What two people do to one text, as updates of their Yjs. */
function writing(seed: number): Uint8Array[] {
  const [a, b] = [new Y.Doc(), new Y.Doc()];
  const updates: Uint8Array[] = [];
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const) {
    from.on("update", (update, origin) => {
      if (origin !== "other") updates.push(update);
      if (origin !== "other" && seed % 3) Y.applyUpdate(to, update, "other");
    });
  }
  for (let i = 0; i < 20; i++) {
    const doc = (seed + i) % 2 ? a : b;
    const root = doc.getXmlFragment("default");
    const last = root.length ? root.get((seed * i) % root.length) : null;
    if (i % 4 === 0 || !(last instanceof Y.XmlElement)) typed(doc, `Näme 🙂 ${i}`);
    else if (i % 4 === 1) last.setAttribute("level", { a: [1, null, true, -2.5, "x"] } as never);
    else if (i % 4 === 2)
      (last.get(0) as Y.XmlText).format(0, 3, { bold: {}, link: { href: "x" } });
    else (last.get(0) as Y.XmlText).delete(1, 2);
  }
  return [...updates, Y.encodeStateAsUpdate(a), Y.mergeUpdates(updates)];
}

test("what Yjs writes passes, and what passes Yjs can read", () => {
  fc.assert(
    fc.property(
      fc.nat(1_000),
      fc.nat(),
      fc.array(fc.tuple(fc.nat(), fc.nat(255))),
      (seed, n, edits) => {
        const updates = writing(seed);
        for (const update of updates) expect(faultOf(update)).toBeNull();
        const bent = Uint8Array.from(updates[n % updates.length] ?? []);
        for (const [at, byte] of edits) bent[at % bent.length] = byte;
        if (faultOf(bent) !== null) return;
        const doc = new Y.Doc();
        Y.applyUpdate(doc, bent);
        expect([...doc.share.keys()].filter((name) => name !== "default")).toEqual([]);
      },
    ),
    { seed: 20261125, numRuns: 300 },
  );
});
