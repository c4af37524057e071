import { migrate } from "../src/migrate.ts";
import { createTemplate, startDisposablePostgres, TEST_POSTGRES } from "./databases.ts";

/** vitest's globalSetup: one Postgres for the whole run. Each project calls it; the first one starts. */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env[TEST_POSTGRES]) return undefined;
  const postgres = await startDisposablePostgres();
  process.env[TEST_POSTGRES] = postgres.url;
  await createTemplate(postgres.url, migrate);
  return async () => {
    delete process.env[TEST_POSTGRES];
    await postgres.remove();
  };
}
