export * from "./changes.ts";
export * from "./documents.ts";
export * from "./files.ts";
export * from "./imports.ts";
export * from "./projects.ts";
export * from "./tasks.ts";
export * from "./users.ts";
export * from "./workspaces.ts";
