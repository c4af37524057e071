import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DisposablePostgres, startDisposablePostgres } from "../../testing/databases.ts";
import { readLines } from "../../testing/lines.ts";

/**
 * postgres.js 3.4.9, unpatched, dies of these (porsager/postgres issues 1208, 1186, 1216, 1097):
 * our patch is in `patches/`. Each test fails without it.
 */
let server: DisposablePostgres;
const pools: postgres.Sql[] = [];

beforeAll(async () => {
  server = await startDisposablePostgres();
  const admin = connect({ max: 1 });
  await admin`create table entries (name text not null)`;
});

afterAll(async () => {
  await Promise.all(pools.map((sql) => sql.end({ timeout: 1 })));
  await server.remove();
});

function connect(options: postgres.Options<Record<string, never>>): postgres.Sql {
  const sql = postgres(server.url, { backoff: () => 0.05, onnotice: () => {}, ...options });
  pools.push(sql);
  return sql;
}

/** Ends the backend of `pid` and waits until it is gone. */
async function terminate(admin: postgres.Sql, pid: number): Promise<void> {
  await admin`select pg_terminate_backend(${pid}, 5000)`;
}

async function untilWorks(sql: postgres.Sql): Promise<void> {
  await expect.poll(() => sql`select 1 as ok`.catch(() => null)).toEqual([{ ok: 1 }]);
}

test("a process with open transactions survives a crash of Postgres and works again after it", async () => {
  const child = spawn(
    process.execPath,
    [path.join(import.meta.dirname, "../../testing/outage-client.ts"), server.url],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const lines = readLines(child.stdout);
  const exited = once(child, "exit");
  await lines.until("busy");
  await server.stop("immediate");
  const outcome = JSON.parse(await lines.until("settled "));
  await server.start();
  expect(await Promise.race([lines.until("recovered"), exited])).toBe("");
  expect(await exited).toEqual([0, null]);
  expect(outcome).toEqual({ fulfilled: 0, rejected: 40 });
});

describe("a lost connection", () => {
  test("rejects every query of the transaction, also the queued and the later ones", async () => {
    const admin = connect({ max: 1 });
    const sql = connect({ max: 1 });
    const late = Promise.withResolvers<unknown>();
    const work = sql.begin(async (tx) => {
      const [me] = await tx`select pg_backend_pid() as pid`;
      const inFlight = [tx`select pg_sleep(20)`, tx`select 2`, tx`select 3`].map((each) =>
        each.then(
          () => "answered",
          () => "rejected",
        ),
      );
      await terminate(admin, me?.pid);
      expect(await Promise.all(inFlight)).toEqual(["rejected", "rejected", "rejected"]);
      late.resolve(await tx`insert into entries values ('late')`.catch((error) => error.code));
    });
    await expect(work).rejects.toThrow();
    expect(await late.promise).toBe("CONNECTION_CLOSED");
    await untilWorks(sql);
  });

  test("never lets a dead transaction write into the next one on the same connection", async () => {
    const admin = connect({ max: 1 });
    const sql = connect({ max: 1 });
    const resume = Promise.withResolvers<void>();
    const started = Promise.withResolvers<number>();
    const finished = Promise.withResolvers<unknown>();
    const dead = sql.begin(async (tx) => {
      const [me] = await tx`select pg_backend_pid() as pid`;
      started.resolve(me?.pid);
      await resume.promise;
      finished.resolve(await tx`insert into entries values ('of the dead')`.catch((e) => e.code));
    });
    // It is expected to fail below; until then that must not count as unhandled.
    dead.catch(() => {});
    await terminate(admin, await started.promise);
    await expect(dead).rejects.toThrow(/CONNECTION_CLOSED/);
    await sql.begin(async (tx) => {
      await tx`insert into entries values ('of the living')`;
      resume.resolve();
      expect(await finished.promise).toBe("CONNECTION_CLOSED");
    });
    const rows = await admin`select name from entries where name like 'of %'`;
    expect(rows).toEqual([{ name: "of the living" }]);
  });

  test("leaves no error of the old session for the first query of the next", async () => {
    const admin = connect({ max: 1 });
    const sql = connect({ max: 1 });
    for (let round = 0; round < 5; round++) {
      const [me] = await sql`select pg_backend_pid() as pid`;
      const interrupted = sql`select pg_sleep(20)`.catch(() => "rejected");
      await terminate(admin, me?.pid);
      expect(await interrupted).toBe("rejected");
      expect(await sql`select ${round}::int as round`).toEqual([{ round }]);
    }
  });

  test("lets the pool end", async () => {
    const admin = connect({ max: 1 });
    const sql = connect({ max: 1 });
    const [me] = await sql`select pg_backend_pid() as pid`;
    const interrupted = sql`select pg_sleep(20)`.catch(() => "rejected");
    const ended = sql.end();
    await terminate(admin, me?.pid);
    expect(await interrupted).toBe("rejected");
    await ended;
  });

  test("rejects what a reserved connection still asks", async () => {
    const admin = connect({ max: 1 });
    const sql = connect({ max: 1 });
    const reserved = await sql.reserve();
    const [me] = await reserved`select pg_backend_pid() as pid`;
    await terminate(admin, me?.pid);
    await expect
      .poll(() => reserved`select 1`.catch((error) => error.code))
      .toBe("CONNECTION_CLOSED");
    reserved.release();
    await untilWorks(sql);
  });
});
