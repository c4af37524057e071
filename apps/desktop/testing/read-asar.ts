import { readFileSync } from "node:fs";

type Entry = { files?: Record<string, Entry>; size?: number; offset?: string };

/** What is in an `app.asar`: each file's path, with its content. Its head is JSON behind four numbers. */
export function readAsar(path: string): Map<string, Buffer> {
  const bytes = readFileSync(path);
  const length = bytes.readUInt32LE(12);
  const begin = 8 + bytes.readUInt32LE(4);
  const found = new Map<string, Buffer>();
  const walk = ({ files = {} }: Entry, folder: string) => {
    for (const [name, entry] of Object.entries(files)) {
      const at = folder ? `${folder}/${name}` : name;
      if (entry.files) walk(entry, at);
      else {
        const from = begin + Number(entry.offset ?? 0);
        found.set(at, bytes.subarray(from, from + (entry.size ?? 0)));
      }
    }
  };
  walk(JSON.parse(bytes.toString("utf8", 16, 16 + length)), "");
  return found;
}
