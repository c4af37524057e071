export { announce, announceCommits } from "./announce-commits.ts";
export * from "./client.ts";
export { compile, compileSql, query } from "./compiled-select.ts";
export { sqlState } from "./errors.ts";
export * as schema from "./schema/index.ts";
export { sendNow } from "./send-now.ts";
