/** A process that starts the built-in Postgres and holds it, for embedded.test.ts to kill. */
import { startEmbeddedPostgres } from "../src/embedded/embedded.ts";

try {
  const { url } = await startEmbeddedPostgres({ dataFolder: process.argv[2] ?? "" });
  console.log(`up ${url}`);
  setInterval(() => {}, 1_000);
} catch (error) {
  console.log(`refused ${error instanceof Error ? error.message : error}`);
}
