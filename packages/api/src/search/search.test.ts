import { schema } from "@guildhall/db";
import { startTestApi } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestMeilisearch } from "../../testing/meilisearch.ts";
import { type Searching, searchContract } from "../../testing/search-contract.ts";
import { reindex } from "./reindex.ts";

describe("search in Postgres", () => {
  let world: Searching;
  beforeAll(async () => {
    const api = await startTestApi();
    world = { api, team: await makeTeam(api), settled: () => api.services.search.settled() };
  });
  afterAll(() => world.api.stop());
  searchContract(() => world);

  test("a task is found by what stands in its checklists, as long as it stands there", async () => {
    const { team } = world;
    const { call } = team.owner;
    const { id: taskId } = await team.task("Repair the sluice");
    const { id: checklistId } = await call.checklists.create({ taskId, title: "Carpentry" });
    const items = [{ text: "Order larchwood" }];
    const [item] = await call.checklists.addItems({ checklistId, items });
    const found = async (text: string) => {
      await world.settled();
      const { items } = await call.search.find({ workspaceId: team.workspaceId, text });
      return items.map(({ id, snippet }) => [id, snippet?.text]);
    };
    expect(await found("larchwood")).toEqual([[taskId, expect.stringContaining("larchwood")]]);
    expect(await found("carpentry")).toHaveLength(1);
    await call.checklists.updateItem({ id: item?.id ?? "", patch: { text: "Order oak" } });
    expect(await found("larchwood")).toEqual([]);
    await call.checklists.delete({ id: checklistId });
    expect(await found("oak")).toEqual([]);
  });

  test("what Postgres refuses for another reason is left out, and what was noted with it is not", async () => {
    const { api, team } = world;
    await world.settled();
    await api.services.db.execute(
      sql`alter table search_entries add constraint odd check (not title_words @@ 'unfindable')`,
    );
    const { id } = await team.task("This is unfindable");
    await team.task("This is not");
    await world.settled();
    const asked = { workspaceId: team.workspaceId, text: "this" };
    const { items, waiting } = await team.viewer.call.search.find(asked);
    expect([items.map(({ title }) => title.text), waiting]).toEqual([["This is not"], 0]);
    await api.services.db.execute(sql`alter table search_entries drop constraint odd`);
    await reindex(api.services.db);
    await world.settled();
    expect((await team.viewer.call.search.find(asked)).items.map((each) => each.id)).toContain(id);
  });
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
    const all = () => api.services.db.$count(schema.searchEntries);
    expect(double?.size()).toBe(await all());
    // And so is one that somebody made in its place.
    double?.replace();
    await task("Mend the bellows once more");
    await world.settled();
    expect(double?.size()).toBe(await all());
    // A key that is refused is as good as an index that is away, and told of in other words.
    const told: string[] = [];
    const { warn } = api.services.config.log;
    api.services.config.log.warn = (_, message) => void told.push(message);
    double?.setKey("another");
    await task("Mend the bellows at last");
    await world.settled();
    expect(await find()).toContain("Mend the bellows at last");
    double?.setKey(double.key);
    await world.settled();
    api.services.config.log.warn = warn;
    expect(told).toEqual([expect.stringContaining("Meilisearch refuses MEILISEARCH_KEY")]);
    expect(api.services.search.state()).toBe("outside");
    expect(double?.size()).toBe(await all());
    // Told to begin anew, it does, and forgets what it should not have had.
    await reindex(api.services.db);
    await world.settled();
    expect(double?.size()).toBe(await all());
  });

  test.skipIf(real)(
    "an index that one goes back to is told what another was told meanwhile",
    async () => {
      const { api, team } = world;
      const { db } = api.services;
      const target = "http://elsewhere#guildhall";
      await db.insert(schema.searchCursors).values({ target, n: 1 });
      await team.task("Count the cones");
      await world.settled();
      const [other] = await db
        .select()
        .from(schema.searchCursors)
        .where(eq(schema.searchCursors.target, target));
      expect(other?.n).toBe(null);
    },
  );
});
