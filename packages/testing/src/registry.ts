/**
 * For tests that install a package as other people do: a registry of npm that has what is installed
 * here, and nothing else. So they need no network, and get the versions of the lockfile.
 */
import { once } from "node:events";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { packTar } from "modern-tar";

/** pnpm's: a folder for each version, with the package in a node_modules of its own. */
const STORE = path.join(import.meta.dirname, "../../../node_modules/.pnpm");

type Manifest = { name: string; version: string };
type Installed = { folder: string; manifest: Manifest };

function findVersions(name: string): Installed[] {
  const start = `${name.replace("/", "+")}@`;
  const found = new Map<string, Installed>();
  for (const each of readdirSync(STORE)) {
    if (!each.startsWith(start)) continue;
    const folder = path.join(STORE, each, "node_modules", name);
    const manifest: Manifest = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
    // The same version stands there once for each set of packages around it.
    found.set(manifest.version, { folder, manifest });
  }
  return [...found.values()];
}

async function pack({ folder }: Installed): Promise<Buffer> {
  // Without following links: packages of a workspace name each other in a circle.
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (each) => each.isFile() && !each.parentPath.startsWith(path.join(folder, "node_modules")),
  );
  const entries = files.map((each) => {
    const file = path.join(each.parentPath, each.name);
    const { size, mode } = statSync(file);
    const name = path.relative(folder, file).split(path.sep).join("/");
    return { header: { name: `package/${name}`, size, mode }, body: readFileSync(file) };
  });
  return gzipSync(await packTar(entries), { level: 1 });
}

export async function startTestRegistry() {
  const server = createServer(async (req, res) => {
    const [name = "", version] = decodeURIComponent(req.url ?? "/")
      .slice(1)
      .split("/-/");
    const versions = findVersions(name);
    const asked = versions.find(({ manifest }) => manifest.version === version);
    if (asked) return void res.end(await pack(asked));
    if (version !== undefined || versions.length === 0) return void res.writeHead(404).end("{}");
    const described = versions.map(({ manifest }) => {
      const dist = { tarball: `${url}/${name}/-/${manifest.version}` };
      return [manifest.version, { ...manifest, dist }];
    });
    const latest = versions.at(-1)?.manifest.version;
    const answer = { name, "dist-tags": { latest }, versions: Object.fromEntries(described) };
    res.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  return { url, stop: () => void server.close() };
}
