import { schema } from "@guildhall/db";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestApi } from "../testing.ts";
import { makeTeam, type Team } from "../testing-team.ts";
import { type Searching, searchContract } from "./contract.ts";
import { startTestMeilisearch } from "./testing-meilisearch.ts";

describe("search in Postgres", () => {
  let world: Searching;
  beforeAll(async () => {
    const api = await startTestApi();
    world = { api, team: await makeTeam(api), settled: () => api.services.search.settled() };
  });
  afterAll(() => world.api.stop());
  searchContract(() => world);
});

const real = process.env.MEILISEARCH_URL;
const whichOne = real ? `the Meilisearch at ${real}` : "a double of Meilisearch’s protocol";

describe(`search in ${whichOne}`, () => {
  let world: Searching & { team: Team };
  let double: Awaited<ReturnType<typeof startTestMeilisearch>> | null = null;
  beforeAll(async () => {
    double = real ? null : await startTestMeilisearch();
    const server = double ?? { url: real ?? "", key: process.env.MEILISEARCH_KEY };
    const api = await startTestApi(
      {},
      {
        meilisearch: { ...server, index: `test-${uuidv7()}` },
      },
    );
    world = { api, team: await makeTeam(api), settled: () => api.services.search.settled() };
  });
  afterAll(async () => {
    await world.api.stop();
    await double?.stop();
  });
  searchContract(() => world);

  test("it is Meilisearch that answers, and the database that decides who sees what", async () => {
    const { api, team } = world;
    const { viewer, owner, workspaceId, project, task } = team;
    const { db } = api.services;
    const { id } = await task("Weigh the feldspar");
    await world.settled();
    // Postgres' own index knows nothing of it any more.
    await db.delete(schema.searchEntries).where(eq(schema.searchEntries.id, id));
    const find = async (person = viewer) =>
      (await person.call.search.find({ workspaceId, text: "feldspar" })).items.map((f) => f.id);
    expect(await find()).toEqual([id]);
    if (double) expect(double.asked()).toBeGreaterThan(30);
    // Taken away this moment, and no index has heard of it.
    const make = (visibility: "open" | "private") =>
      db.update(schema.projects).set({ visibility }).where(eq(schema.projects.id, project.id));
    await make("private");
    expect(await find()).toEqual([]);
    expect(await find(owner)).toEqual([id]);
    await make("open");
  });

  const away = "while it is away the database answers, and it is told later what it missed";
  test.skipIf(real)(away, async () => {
    const { api, team } = world;
    const { viewer, owner, workspaceId, task } = team;
    const find = async () =>
      (await viewer.call.search.find({ workspaceId, text: "bellows" })).items.map(
        (f) => f.title.text,
      );
    double?.setAway(true);
    const { id } = await task("Mend the bellows");
    await world.settled();
    expect(await find()).toEqual(["Mend the bellows"]);
    double?.setAway(false);
    await world.settled();
    const before = double?.asked() ?? 0;
    expect(await find()).toEqual(["Mend the bellows"]);
    expect(double?.asked()).toBe(before + 1);
    await owner.call.tasks.delete({ id });
    await world.settled();
    expect(await find()).toEqual([]);
    // An index that was lost is built anew from all there is.
    double?.lose();
    await task("Mend the bellows again");
    await world.settled();
    expect(double?.size()).toBe(await api.services.db.$count(schema.searchEntries));
  });
});
