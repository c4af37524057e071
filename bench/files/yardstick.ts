/** What gives out a folder and takes files into it: nginx where it is installed, or else a few lines of node. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createReadStream, createWriteStream, mkdirSync, writeFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { userInfo } from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { freePort } from "@guildhall/db/embedded";

export type Yardstick = { name: string; url: string; stop(): Promise<void> };

export const startYardstick = (folder: string): Promise<Yardstick> => {
  const program = process.env.NGINX_PROGRAM ?? "nginx";
  return hasNginx(program) ? startNginx(program, folder) : startNode(folder);
};

function hasNginx(program: string): boolean {
  try {
    execFileSync(program, ["-v"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

async function startNginx(program: string, folder: string): Promise<Yardstick> {
  const port = await freePort();
  const own = path.join(folder, "nginx");
  const [root, temp] = [path.join(own, "root"), path.join(own, "temp")];
  for (const each of [root, temp]) mkdirSync(each, { recursive: true });
  const config = `
    ${userInfo().username === "root" ? "user root;" : ""}
    daemon off; worker_processes auto; pid ${own}/pid; error_log stderr error;
    events {}
    http {
      access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000;
      client_max_body_size 0; client_body_temp_path ${temp};
      ${["proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${temp};`).join(" ")}
      server { listen 127.0.0.1:${port}; location / { root ${root}; dav_methods PUT; } }
    }`;
  const file = path.join(own, "nginx.conf");
  writeFileSync(file, config);
  const child = spawn(program, ["-c", file, "-e", "stderr"], { stdio: "inherit" });
  const url = `http://127.0.0.1:${port}`;
  const answers = () => fetch(url).then((r) => r.arrayBuffer());
  while (!(await answers().catch(() => null))) {
    if (child.exitCode !== null) throw new Error("nginx did not start.");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    name: "nginx",
    url,
    async stop() {
      const exited = once(child, "exit");
      child.kill("SIGTERM");
      await exited;
    },
  };
}

async function startNode(own: string): Promise<Yardstick> {
  const folder = path.join(own, "bare");
  mkdirSync(folder, { recursive: true });
  const server = createServer(async (req, res) => {
    const file = path.join(folder, path.basename(req.url ?? "x"));
    if (req.method === "PUT") {
      await pipeline(req, createWriteStream(file));
      return void res.writeHead(201).end();
    }
    res.setHeader("content-length", (await stat(file)).size);
    await pipeline(createReadStream(file, { highWaterMark: 256 * 1024 }), res);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("It does not listen on a port.");
  return {
    name: "node's streams",
    url: `http://127.0.0.1:${address.port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
