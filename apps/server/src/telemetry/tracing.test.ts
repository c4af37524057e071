import { startCollector } from "@guildhall/testing/collector";
import { expect, test } from "vitest";
import { createLog } from "./logger.ts";
import { startTracing } from "./tracing.ts";

const log = createLog("silent");
const work = async () => {};

test("keeps what the caller says about sampling, and takes nothing that is no traceparent", async () => {
  const collector = await startCollector();
  const { span, stop } = await startTracing(collector.url, log);
  const trace = "4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7";
  const inner = () => span({ name: "inner" }, work);
  await span({ name: "not wanted", traceparent: `00-${trace}-00` }, inner);
  await span({ name: "wanted", traceparent: `00-${trace}-01` }, work);
  const nonsense = [
    "00-4bf9-00f0-01",
    `ff-${trace}-01`,
    `00-${"0".repeat(32)}-00f067aa0ba902b7-01`,
  ];
  for (const traceparent of nonsense) await span({ name: traceparent, traceparent }, work);
  await stop();
  expect(collector.spans.map(({ name }) => name)).toEqual(["wanted", ...nonsense]);
  expect(collector.spans.filter(({ parentSpanId }) => parentSpanId)).toHaveLength(1);
  collector.stop();
});

test("a span ends with the error of its work, which goes on to the caller", async () => {
  const collector = await startCollector();
  const { span, stop } = await startTracing(collector.url, log);
  const failing = span({ name: "failing" }, () => Promise.reject(new Error("as it was")));
  await expect(failing).rejects.toThrow("as it was");
  await stop();
  expect(collector.spans).toMatchObject([{ name: "failing", status: { code: 2 } }]);
  collector.stop();
});

test("a collector that is away fails neither the work nor the stop", async () => {
  const collector = await startCollector();
  collector.stop();
  const { span, stop } = await startTracing(collector.url, log);
  expect(await span({ name: "work" }, async () => "done")).toBe("done");
  await stop();
});
