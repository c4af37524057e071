import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { refetchQueries } from "./refetch-queries.ts";

/** A query that somebody looks at, whose answers are given by hand. */
function watched(cache: QueryClient, queryKey: string[]) {
  const asked: ((answer: string) => void)[] = [];
  const observer = new QueryObserver(cache, {
    queryKey,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => new Promise<string>((resolve) => asked.push(resolve)),
  });
  observer.subscribe(() => {});
  return { asked, shown: () => cache.getQueryData(queryKey) };
}

test.each(["a first read", "a later read"])(
  "%s that a change overtakes is not the last one",
  async (which) => {
    const cache = new QueryClient();
    const { asked, shown } = watched(cache, ["list"]);
    await expect.poll(() => asked.length).toBe(1);
    if (which === "a later read") {
      asked[0]?.("at first");
      await expect.poll(shown).toBe("at first");
      refetchQueries(cache, { queryKey: ["list"] });
      await expect.poll(() => asked.length).toBe(2);
    }
    const underWay = asked.length;
    refetchQueries(cache, { queryKey: ["list"] });
    asked[underWay - 1]?.("before the change");
    await expect.poll(() => asked.length).toBe(underWay + 1);
    asked[underWay]?.("after the change");
    await expect.poll(shown).toBe("after the change");
    cache.clear();
  },
);

test("what nobody looks at is read when somebody does", async () => {
  const cache = new QueryClient();
  const { asked } = watched(cache, ["other"]);
  cache.setQueryData(["list"], "at first");
  refetchQueries(cache, { queryKey: ["list"] });
  expect(cache.getQueryState(["list"])?.isInvalidated).toBe(true);
  expect(asked).toHaveLength(1);
  cache.clear();
});
