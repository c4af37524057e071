import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Feed, isFeedName, signFeed } from "@guildhall/api/desktop-feed";
import { parse } from "yaml";

type Signing = {
  /** The private one, as `desktop:key` makes it. */
  key: string;
  /** How many of a hundred get the update; without it all do. */
  percentage?: number | undefined;
  at?: Date;
};

/** Signs every feed in the folder, where all or none can be; answers their names. */
export function signRelease(
  folder: string,
  { key, percentage, at = new Date() }: Signing,
): string[] {
  if (percentage !== undefined && !(percentage >= 0 && percentage <= 100)) {
    throw new Error("The percentage is a whole number from 0 to 100.");
  }
  const feeds = readdirSync(folder).filter(isFeedName);
  if (feeds.length === 0) throw new Error(`There's no latest*.yml in ${folder}.`);
  const signed = feeds.map((name) => {
    // electron-builder's, or one that was signed before: its first line is a comment, the rest JSON, which is YAML.
    const built: Feed = parse(readFileSync(join(folder, name), "utf8"));
    const { stagingPercentage: _, ...rest } = built;
    for (const file of built.files) checkFile(folder, file);
    const feed = {
      ...rest,
      ...(percentage !== undefined && { stagingPercentage: percentage }),
      publishedAt: at.toISOString(),
    };
    return { name, text: signFeed(name, feed, key) };
  });
  for (const { name, text } of signed) writeFileSync(join(folder, name), text);
  return feeds;
}

/** What is signed is what is there: a file that was signed for its system after its sum was taken is found here. */
function checkFile(folder: string, { url, sha512 }: Feed["files"][number]) {
  const sum = createHash("sha512")
    .update(readFileSync(join(folder, url)))
    .digest("base64");
  if (sum !== sha512) throw new Error(`${url} was changed after it was built.`);
}
