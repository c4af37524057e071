/**
 * Prints what happens in a workspace, in order, each change once, also over a lost connection.
 * With a number, it first prints everything since that change.
 *
 *     GUILDHALL_TOKEN=… node examples/follow-feed.ts <workspace id> [number]
 */
import { createClient } from "@guildhall/api/client";

const { GUILDHALL_URL = "http://127.0.0.1:8001", GUILDHALL_TOKEN = "" } = process.env;
const [workspaceId = "", after] = process.argv.slice(2);
const guildhall = createClient({ url: GUILDHALL_URL, token: GUILDHALL_TOKEN });
const lastEventId = after === undefined ? null : Number(after);

guildhall.changes.onChange.subscribe(
  { workspaceId, lastEventId },
  {
    onStarted: () => console.log("following"),
    onData({ data: change }) {
      // The feed no longer reaches back that far: whoever keeps a copy reads everything afresh.
      if (change.entity === "reset") return console.log(`${change.seq} reset`);
      // All that had happened has been told; from here on it is as it happens.
      if (change.entity === "live") return console.log(`${change.seq} live`);
      const name = change.entity === "task" ? `${change.row?.key} ${change.row?.title}` : change.id;
      console.log(`${change.seq} ${change.op} ${change.entity} ${name}`);
    },
    onError(error) {
      console.error(error.message);
      process.exit(1);
    },
  },
);
