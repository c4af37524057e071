/** A process with forty open transactions, for postgres-outage.test.ts: it must outlive its Postgres. */
import postgres from "postgres";

const sql = postgres(process.argv[2] ?? "", { max: 40, backoff: () => 0.05, onnotice: () => {} });

let begun = 0;
const everyoneIn = Promise.withResolvers<void>();
const transactions = Array.from({ length: 40 }, (_, index) =>
  sql.begin(async (tx) => {
    await tx`insert into entries values (${`row ${index}`})`;
    begun++;
    if (begun === 40) everyoneIn.resolve();
    await everyoneIn.promise;
    // Half are in the middle of a statement when Postgres stops, half keep asking for short ones.
    if (index % 2) await tx`select pg_sleep(60)`;
    for (;;) await tx`select ${index}::int`;
  }),
);
const settling = Promise.allSettled(transactions);
await everyoneIn.promise;
console.log("busy");
const settled = await settling;
const fulfilled = settled.filter((each) => each.status === "fulfilled").length;
console.log(`settled ${JSON.stringify({ fulfilled, rejected: settled.length - fulfilled })}`);

for (let works = false; !works; ) {
  works = await sql`select 1`.then(
    () => true,
    () => false,
  );
}
await Promise.all(Array.from({ length: 80 }, () => sql.begin((tx) => tx`select 1`)));
console.log("recovered");
await sql.end();
