import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { app, BrowserWindow } from "electron";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { double, startElectron } from "../../../testing/electron/control.ts";
import { offerDragOut, safeName } from "./drag-out.ts";

const server = createServer(({ url = "" }, answer) => {
  if (!url.startsWith("/files/")) return answer.writeHead(404).end();
  answer.end(url.startsWith("/files/plan") ? "The plan" : "Another");
});
let address: string;
let temp: string;

beforeEach(async () => {
  await startElectron();
  temp = mkdtempSync(join(tmpdir(), "guildhall-"));
  app.setPath("temp", temp);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => new Promise((done) => server.close(done)));

function offer() {
  const dragOut = offerDragOut({ serverOf: () => address });
  const window = new BrowserWindow();
  const caller = { contents: window.webContents, profileId: "p1" };
  const dragged = () =>
    double(window)
      .webContents.asked.filter(({ what }) => what === "startDrag")
      .map(({ with: [item] }) => item as { file: string; icon: Electron.NativeImage });
  return { dragOut, caller, dragged };
}

describe("a file that is dragged out", () => {
  it("is fetched to a folder of its own, dragged by its name, and gone when the app ends", async () => {
    const { dragOut, caller, dragged } = offer();
    const token = await dragOut.prepare(`${address}/files/plan?signature=x`, "Plan?.pdf", caller);
    dragOut.start(token, caller);
    const [item, ...others] = dragged();
    expect(others).toEqual([]);
    expect(basename(item?.file ?? "")).toBe("Plan_.pdf");
    expect(readFileSync(item?.file ?? "", "utf8")).toBe("The plan");
    expect(item?.icon.isEmpty()).toBe(false);
    await dragOut.clear();
    expect(existsSync(item?.file ?? "")).toBe(false);
  });

  it("is one of the account's server, and of no other place", async () => {
    const { dragOut, caller } = offer();
    for (const url of ["http://example.org/files/1", `${address}/trpc/auth.me`, "file:///etc/x"]) {
      await expect(dragOut.prepare(url, "x", caller)).rejects.toThrow("Only files of this server");
    }
  });

  it("that nobody prepared drags nothing", () => {
    const { dragOut, caller, dragged } = offer();
    dragOut.start("../../etc/passwd", caller);
    expect(dragged()).toEqual([]);
  });

  it("of many, the oldest make room", async () => {
    const { dragOut, caller, dragged } = offer();
    const tokens: string[] = [];
    for (let n = 0; n < 21; n++) {
      tokens.push(await dragOut.prepare(`${address}/files/${n}`, `${n}.txt`, caller));
    }
    for (const token of tokens) dragOut.start(token, caller);
    expect(dragged()).toHaveLength(20);
  });
});

it.each([
  ["a/b\\c:d.txt", "a_b_c_d.txt"],
  ["../../.bashrc", ".._.._.bashrc"],
  ["con.txt", "_con.txt"],
  ["name. ", "name"],
  ["...", "file"],
  ["", "file"],
])("the name of a file is one that every system takes: %s", (name, safe) => {
  expect(safeName(name)).toBe(safe);
});
