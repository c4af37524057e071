/**
 * Makes the package that a server gives out as /client.tgz: `node build.ts <file>`. Scripts for
 * browsers and for Node, declarations without the server's types, and of other packages only @trpc's and
 * superjson. The same sources make the same bytes.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { build, type Plugin } from "esbuild";
import { packTar } from "modern-tar";
import { declareClient } from "./declare.ts";

const here = import.meta.dirname;
const DEPENDENCIES = ["@trpc/client", "@trpc/server", "superjson"];
/** What stands in the scripts themselves, with the licence that has to go along. */
const BUNDLED = ["msgpackr", "ws"];

type Manifest = { version: string };
const manifestOf = (name: string): Manifest =>
  JSON.parse(readFileSync(fileOf(name, "package.json"), "utf8"));

/** Looked for, not resolved: some packages export no manifest. */
function fileOf(name: string, file: string): string {
  return path.join(here, "..", "node_modules", name, file);
}

const nodeSockets: Plugin = {
  name: "sockets of Node",
  setup({ onResolve }) {
    onResolve({ filter: /\/web-socket\.ts$/ }, () => ({
      path: path.join(here, "web-socket-node.ts"),
    }));
  },
};

async function script(platform: "browser" | "node"): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(here, "index.ts")],
    bundle: true,
    write: false,
    platform,
    format: "esm",
    target: platform === "node" ? "node20" : "es2022",
    external: [...DEPENDENCIES, "bufferutil", "utf-8-validate"],
    plugins: platform === "node" ? [nodeSockets] : [],
    logLevel: "warning",
    banner: {
      // CommonJS packages inside the bundle call require().
      js:
        platform === "node"
          ? 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);'
          : "",
    },
  });
  return outputFiles[0]?.text ?? "";
}

async function files(): Promise<[name: string, text: string][]> {
  const [browser, node] = await Promise.all([script("browser"), script("node")]);
  const licences = BUNDLED.map(
    (name) => `${name}\n\n${readFileSync(fileOf(name, "LICENSE"), "utf8")}`,
  );
  return [
    ["client.d.ts", declareClient()],
    ["client.js", browser],
    ["client-node.js", node],
    ["LICENSE", readFileSync(path.join(here, "../../../LICENSE"), "utf8")],
    ["LICENSES-OF-OTHERS", licences.join("\n\n")],
  ];
}

function manifest(version: string): string {
  const dependencies = DEPENDENCIES.map((name) => [name, manifestOf(name).version]);
  const content = {
    name: "@guildhall/api",
    version,
    description: "The typed client of one Guildhall server, given out by it.",
    license: "MIT",
    type: "module",
    engines: { node: ">=20" },
    exports: {
      "./client": { types: "./client.d.ts", node: "./client-node.js", default: "./client.js" },
    },
    dependencies: Object.fromEntries(dependencies),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

const [output] = process.argv.slice(2);
if (!output) throw new Error("Say where to: node build.ts <file>");
const contents = await files();
const hash = createHash("sha256").update(JSON.stringify(contents)).digest("hex");
const { version } = JSON.parse(
  readFileSync(path.join(here, "../package.json"), "utf8"),
) as Manifest;
const entries = [
  ["package.json", manifest(`${version}-${hash.slice(0, 12)}`)] as const,
  ...contents,
];
const tar = await packTar(
  entries.map(([name, text]) => {
    const body = Buffer.from(text);
    // npm's own packages are of this moment too: nothing in them tells when they were made.
    const header = {
      name: `package/${name}`,
      size: body.length,
      mode: 0o644,
      mtime: new Date("1985-10-26T08:15:00Z"),
    };
    return { header, body };
  }),
);
mkdirSync(path.dirname(output), { recursive: true });
writeFileSync(output, gzipSync(tar, { level: 9 }));
