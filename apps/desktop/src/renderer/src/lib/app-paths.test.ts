import { expect, test } from "vitest";
import { appPathPattern } from "./app-paths.ts";
import { paths } from "./paths.ts";

const isOwn = (address: string) =>
  new RegExp(appPathPattern).test(new URL(address, "http://guildhall.test").pathname);

test("every address that the page makes is the page's own", () => {
  for (const address of Object.values(paths)) {
    const made = (address as (...ids: string[]) => string)("8f3c", "APP", "board");
    expect([made, isOwn(made)]).toEqual([made, true]);
  }
  expect(isOwn("/join/?invitation=secret")).toBe(true);
});

test.each([
  "/files/8f3c",
  "/files/exports/8f3c.zip",
  "/trpc/auth.me",
  "/client.tgz",
  "/healthz",
  "/readyz",
  "/metrics",
  "/w",
  "/w/",
  "/assets/index-B1a2C3d4.js",
  "/service-worker.js",
  "/joined",
  "/sign-in/files",
  "/nothing",
])("%s is the server's", (address) => {
  expect(isOwn(address)).toBe(false);
});
