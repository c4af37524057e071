import { getQueryKey } from "@trpc/react-query";
import { expect, test } from "vitest";
import { queryKey, queryPrefix } from "./procedures.ts";
import { trpc } from "./trpc.ts";

test("keys are those under which tRPC's hooks keep their answers", () => {
  expect(queryKey("auth.me")).toEqual(getQueryKey(trpc.auth.me, undefined, "query"));
  const input = { id: "1" };
  expect(queryKey("tasks.get", input)).toEqual(getQueryKey(trpc.tasks.get, input, "query"));
  expect(queryPrefix("comments.list")).toEqual(getQueryKey(trpc.comments.list));
  expect(queryPrefix("search")).toEqual(getQueryKey(trpc.search));
});
