import { afterAll, beforeAll, describe } from "vitest";
import { startTestApi } from "../testing.ts";
import { makeTeam } from "../testing-team.ts";
import { type Searching, searchContract } from "./contract.ts";

describe("search in Postgres", () => {
  let world: Searching;
  beforeAll(async () => {
    const api = await startTestApi();
    world = { api, team: await makeTeam(api), settled: () => api.services.search.settled() };
  });
  afterAll(() => world.api.stop());
  searchContract(() => world);
});
