import { TRPCClientError } from "@trpc/client";
import { expect, test } from "vitest";
import { formatError, PageRefusal } from "./format-error.ts";

const refused = Object.assign(new TRPCClientError("The key is taken."), {
  data: { reason: "key_taken" },
});

test.each([
  ["the server's sentence", refused, /^The key is taken\.$/],
  ["the page's own", new PageRefusal("A folder can have up to 4 GB."), /up to 4 GB/],
  ["a file that is gone", new DOMException("", "NotFoundError"), /choose it again/],
  ["a file that changed", new DOMException("", "NotReadableError"), /choose it again/],
  ["a broken line", new TypeError("Failed to fetch"), /couldn't be reached/],
  ["a proxy's page", new TRPCClientError("Unexpected token <"), /couldn't be reached/],
])("%s is shown", (_, error, sentence) => {
  expect(formatError(error)).toMatch(sentence);
});
