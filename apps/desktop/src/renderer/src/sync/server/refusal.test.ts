import { TRPCClientError } from "@trpc/client";
import { describe, expect, test } from "vitest";
import { isRefusal } from "./refusal.ts";

/** An error as the server words it. */
const answered = (httpStatus: number, reason: string) =>
  TRPCClientError.from({
    error: { message: "A sentence.", code: -32_000, data: { httpStatus, reason } },
  } as Parameters<typeof TRPCClientError.from>[0]);

describe("an edit stays in the outbox and is sent again", () => {
  test.each([
    ["the server has too much to do", answered(503, "busy_server")],
    ["its database is away", answered(503, "database_unavailable")],
    ["somebody else's change took too long", answered(503, "busy")],
    ["there were too many tries", answered(429, "too_many_tries")],
    ["something went wrong there", answered(500, "internal")],
    ["no answer came", TRPCClientError.from(new TypeError("fetch failed"))],
    ["it was cut off before it was sent", new Error("stopped")],
  ])("when %s", (_why, error) => expect(isRefusal(error)).toBe(false));
});

describe("an edit waits for the person", () => {
  test.each([
    ["a rule refuses it", answered(400, "bad_input")],
    ["what it changes is gone", answered(404, "not_found")],
    ["it is answered with a conflict", answered(409, "id_taken")],
  ])("when %s", (_why, error) => expect(isRefusal(error)).toBe(true));
});
