export * from "./client.ts";
export { sqlState } from "./errors.ts";
export * as schema from "./schema/index.ts";
