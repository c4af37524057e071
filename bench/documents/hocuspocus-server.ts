/** The yardstick: @hocuspocus/server as its documentation has it, with its store in Postgres. */
import { Database } from "@hocuspocus/extension-database";
import { Server } from "@hocuspocus/server";
import postgres from "postgres";

const sql = postgres(process.env.DATABASE_URL ?? "", { max: 10, onnotice: () => {} });
await sql`create table if not exists hocuspocus_documents (name text primary key, data bytea not null)`;

const database = new Database({
  async fetch({ documentName }) {
    const [row] = await sql`select data from hocuspocus_documents where name = ${documentName}`;
    return row ? new Uint8Array(row.data) : null;
  },
  async store({ documentName, state }) {
    await sql`insert into hocuspocus_documents (name, data) values (${documentName}, ${state})
      on conflict (name) do update set data = excluded.data`;
  },
});

const server = new Server({ port: 0, address: "127.0.0.1", quiet: true, extensions: [database] });
await server.listen();
console.log(`Hocuspocus is ready at ${server.httpURL.replace("0.0.0.0", "127.0.0.1")}`);
