import { once } from "node:events";
import { createServer } from "node:net";
import type { TRPCClientError } from "@trpc/client";
import { expect, test } from "vitest";
import { type AppRouter, createClient, type Reason } from "./client.ts";

test("a server that takes a call and never answers is given up in time", async () => {
  const silent = createServer(() => {}).listen(0, "127.0.0.1");
  await once(silent, "listening");
  const address = silent.address();
  if (typeof address !== "object" || !address) throw new Error("It does not listen on a port.");
  const client = createClient({ url: `http://127.0.0.1:${address.port}`, deadlineMs: 50 });
  const error = await client.auth.me.query().catch((failure: unknown) => failure);
  // No answer of the server's, so that whoever keeps edits sends them again.
  expect(error).toMatchObject({ name: "TRPCClientError", data: undefined });
  expect(error).toMatchObject({ cause: { name: "TimeoutError" } });
  await client.close();
  silent.close();
});

test("a reason that no refusal has does not compile", () => {
  const isTaken = ({ data }: TRPCClientError<AppRouter>) => data?.reason === "key_taken";
  // @ts-expect-error: nobody is told this.
  const isMistyped = ({ data }: TRPCClientError<AppRouter>) => data?.reason === "key_takne";
  const error = { data: { reason: "key_taken" satisfies Reason } } as TRPCClientError<AppRouter>;
  expect([isTaken(error), isMistyped(error)]).toEqual([true, false]);
});
