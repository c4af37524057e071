import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { connect } from "./client.ts";
import { startEmbeddedPostgres } from "./embedded/embedded.ts";

test.skipIf(process.platform === "win32")(
  "the built-in Postgres is reached through its socket, or over TCP where the folder lies too deep",
  async () => {
    const root = mkdtempSync(path.join(tmpdir(), "guildhall-socket-"));
    const deep = path.join(root, "deep".repeat(15), "er".repeat(20));
    mkdirSync(deep, { recursive: true });
    for (const [dataFolder, address] of [
      [path.join(root, "data"), null],
      [deep, "127.0.0.1/32"],
    ] as const) {
      const postgres = await startEmbeddedPostgres({ dataFolder });
      const { db, close } = connect(postgres.url, { pool: 1 });
      const [row] = await db.execute<{ from: string | null }>(
        "select inet_client_addr()::text as from",
      );
      expect(row?.from).toBe(address);
      await close();
      await postgres.stop();
    }
    rmSync(root, { recursive: true });
  },
);
