import { once } from "node:events";

/** Waits for lines that a child process prints. */
export function readLines(stream: NodeJS.ReadableStream) {
  let text = "";
  let ended = false;
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    text += chunk;
  });
  stream.on("end", () => {
    ended = true;
  });
  return {
    /** The rest of the first line that begins with `prefix`, once it is there. */
    async until(prefix: string): Promise<string> {
      for (;;) {
        const lines = text.split("\n").slice(0, -1);
        const line = lines.find((each) => each.startsWith(prefix));
        if (line !== undefined) return line.slice(prefix.length);
        if (ended) throw new Error(`It ended before it said "${prefix}"; it said: ${text}`);
        await Promise.race([once(stream, "data"), once(stream, "end")]);
      }
    },
  };
}
