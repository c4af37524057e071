import { expect, it } from "vitest";
import { deviceName } from "./device-name.ts";

it("names what a person would recognise", () => {
  const windows =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)";
  expect(deviceName(`${windows} Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0`)).toBe(
    "Edge on Windows",
  );
  expect(deviceName(`${windows} Chrome/131.0.0.0 Safari/537.36`)).toBe("Chrome on Windows");
  expect(deviceName("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0")).toBe(
    "Firefox on Linux",
  );
});

it("leaves the name of a tool as it is", () => {
  expect(deviceName("curl/8.5.0")).toBe("curl/8.5.0");
  expect(deviceName(null)).toBe("Unknown device");
});
