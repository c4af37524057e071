import { createTRPCClient, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { expect, test } from "vitest";
import type { FeedEvent } from "../live/protocol.ts";
import type { AppRouter } from "../router.ts";
import { eachOnce } from "./each-once.ts";

/** Follows a feed whose connection brings just these. */
function heardOf(events: { seq: number; entity: string }[]): string[] {
  const connection: TRPCLink<AppRouter> = () => () =>
    observable((observer) => {
      observer.next({ result: { type: "started" } });
      for (const event of events) {
        const id = String(event.seq);
        observer.next({ result: { type: "data", id, data: { id, data: event } } });
      }
      observer.complete();
    });
  const client = createTRPCClient<AppRouter>({ links: [eachOnce, connection] });
  const heard: string[] = [];
  client.changes.onChange.subscribe(
    { workspaceId: "w" },
    {
      onStarted: () => heard.push("started"),
      onData: ({ data }: { data: FeedEvent }) => heard.push(`${data.entity} ${data.seq}`),
      onComplete: () => heard.push("complete"),
    },
  );
  return heard;
}
const tasks = (...seqs: number[]) => seqs.map((seq) => ({ seq, entity: "task" }));

test("what another socket brings again is dropped, what is new passes", () => {
  expect(heardOf(tasks(3, 4, 7, 4, 7, 7, 8, 3, 9))).toEqual([
    "started",
    "task 3",
    "task 4",
    "task 7",
    "task 8",
    "task 9",
    "complete",
  ]);
});

test("being up to date is said at any number, and does not hide a change", () => {
  const live = { seq: 5, entity: "live" };
  expect(heardOf([...tasks(5), live, live, ...tasks(5, 6)])).toEqual([
    "started",
    "task 5",
    "live 5",
    "live 5",
    "task 6",
    "complete",
  ]);
});

test("after a reset the numbers of the new feed count", () => {
  expect(heardOf([...tasks(90), { seq: 4, entity: "reset" }, ...tasks(4, 5)])).toEqual([
    "started",
    "task 90",
    "reset 4",
    "task 5",
    "complete",
  ]);
});
