import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { readEnv } from "../settings/env.ts";
import { createLog } from "../telemetry/logger.ts";
import { clientAddress } from "./client-address.ts";

const OURS = "10.0.0.1";
const request = (forwarded?: string) =>
  ({
    headers: forwarded === undefined ? {} : { "x-forwarded-for": forwarded },
    socket: { remoteAddress: OURS },
  }) as unknown as IncomingMessage;

test.each([
  ["false", "1.1.1.1", OURS],
  ["0", "1.1.1.1", OURS],
  ["true", "9.9.9.9, 1.1.1.1", "1.1.1.1"],
  ["True", "9.9.9.9, 1.1.1.1", "1.1.1.1"],
  ["1", "9.9.9.9, 1.1.1.1", "1.1.1.1"],
  ["2", "9.9.9.9, 1.1.1.1, 10.0.0.2", "1.1.1.1"],
  // It came past the outer proxy.
  ["2", "1.1.1.1", "1.1.1.1"],
  ["2", undefined, OURS],
  ["true", "", OURS],
])("TRUST_PROXY=%s reads %j as %s", (setting, forwarded, address) => {
  const { TRUST_PROXY } = readEnv({ TRUST_PROXY: setting });
  expect(clientAddress(TRUST_PROXY, createLog("silent"))(request(forwarded))).toBe(address);
});

test("what is not believed is said in the log, once", () => {
  const lines: string[] = [];
  const log = createLog("info", { write: (line: string) => void lines.push(line) });
  const addressOf = clientAddress(0, log);
  addressOf(request());
  expect(lines).toEqual([]);
  for (let n = 0; n < 3; n++) addressOf(request("1.1.1.1"));
  expect(lines).toEqual([expect.stringMatching(/TRUST_PROXY=true/)]);
  clientAddress(1, log)(request("1.1.1.1"));
  expect(lines).toHaveLength(1);
});
