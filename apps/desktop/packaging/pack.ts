/**
 * `npm run desktop:pack`: the app for this system, unpacked; with `--installers`, what people install, for each kind
 * of processor. `out/` is built before, and ELECTRON_DIST names the distribution that the unpacked app is made of.
 */
import { parseArgs } from "node:util";
import { build, type Configuration, Platform } from "electron-builder";
import { configuration } from "./electron-builder.ts";
import { stageServer } from "./stage-server.ts";

const { values } = parseArgs({
  options: { installers: { type: "boolean", default: false }, output: { type: "string" } },
});

const config: Configuration = {
  ...configuration,
  ...(values.output && { directories: { ...configuration.directories, output: values.output } }),
  ...(!values.installers && { electronDist: process.env.ELECTRON_DIST ?? null }),
};
stageServer();
const platform = Platform.current();
await build({
  config,
  publish: "never",
  targets: values.installers ? platform.createTarget() : platform.createTarget("dir"),
});
