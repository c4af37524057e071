/** From source the thread runs the source; the bundle has it as a file beside itself. */
export const threadFile = new URL(
  import.meta.url.endsWith(".ts") ? "./document-thread.ts" : "./document-thread.js",
  import.meta.url,
);
