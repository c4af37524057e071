import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { formatDate, formatRelative, pageLocaleFor } from "./locale.ts";

describe("the page's language", () => {
  it.each([
    ["de", "en-GB"],
    ["de-CH", "en-GB"],
    ["ar-EG", "en-GB"],
    ["en", "en"],
    ["en-US", "en-US"],
    ["en-AU", "en-AU"],
    ["enm", "en-GB"],
  ])("in a browser that speaks %s is %s", (browser, page) => {
    expect(pageLocaleFor(browser)).toBe(page);
  });

  it("is the same for words and dates, wherever the browser comes from", () => {
    const locale = pageLocaleFor("de-DE");
    expect(formatRelative(-14, "minute", { style: "short", locale })).toBe("14 min ago");
    const evening = new Date(2026, 11, 3, 19, 5);
    expect(formatDate(evening, { day: "numeric", month: "long" }, locale)).toBe("3 December");
    expect(formatDate(evening, { timeStyle: "short" }, locale)).toBe("19:05");
  });

  it("is asked for in one place", () => {
    const root = path.join(import.meta.dirname, "..");
    const own = (file: string) =>
      file !== path.join("lib", "locale.ts") && !file.includes(".test.");
    const elsewhere = readdirSync(root, { recursive: true, encoding: "utf8" })
      .filter((file) => /\.tsx?$/.test(file) && own(file))
      .filter((file) =>
        /new Intl\.|\.toLocale\w+\(|\.localeCompare\(|navigator\.language/.test(
          readFileSync(path.join(root, file), "utf8"),
        ),
      );
    expect(elsewhere).toEqual([]);
  });
});
