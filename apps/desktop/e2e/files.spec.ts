/** Files between two people: attached in each way, seen live, looked at, deleted and brought back. */

import { readFile } from "node:fs/promises";
import { joinWorkspace } from "@guildhall/testing/join-workspace";
import { startTestS3 } from "@guildhall/testing/s3";
import { type Browser, expect, type Locator, type Page } from "@playwright/test";
import { type Guildhall, type Person, startGuildhall } from "./guildhall.ts";
import { openAs, textField } from "./people.ts";
import { chessBoard, pdfOf, scannedPdf, silence } from "./samples/small-files.ts";
import { test } from "./test.ts";

let guildhall: Guildhall;
test.beforeAll(({ guildhall: shared }) => {
  guildhall = shared;
});

type Sent = { name: string; mimeType: string; buffer: Buffer };
const text = (name: string, words: string, mimeType = "text/plain"): Sent => ({
  ...{ name, mimeType },
  buffer: Buffer.from(words),
});
const picture: Sent = { name: "wheel.png", mimeType: "image/png", buffer: chessBoard };
const hostile = `<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90" onload="top.document.title = 'run'">
  <script>top.document.title = "run";</script><circle cx="45" cy="45" r="40"/></svg>`;

test("two people, a task and its files", async ({ browser }) => {
  const [ann, ben] = [await guildhall.person("Ann"), await guildhall.person("Ben")];
  const { id: workspaceId } = await ann.api.workspaces.create.mutate({ name: "Old Mill" });
  await joinWorkspace(ann, ben, { workspaceId, role: "editor" });
  const { id: projectId } = await ann.api.projects.create.mutate({
    ...{ workspaceId, name: "Wheel", key: "WHEEL" },
  });
  const { id: taskId } = await ann.api.tasks.create.mutate({ projectId, title: "A new wheel" });
  const task = `/w/${workspaceId}/task/WHEEL-1`;
  const [annPage, benPage] = await Promise.all([
    open(browser, ann, task),
    open(browser, ben, `/w/${workspaceId}/p/WHEEL/files`),
  ]);
  const attached = annPage.getByRole("region", { name: "Attachments" });

  await test.step("attached by button, drop and paste, and there for the other one", async () => {
    await choose(annPage, "Attach", [
      text("people.csv", 'name,"role, if any"\n"Ada ""the first""",engineer\n', "text/csv"),
      { name: "plan.pdf", mimeType: "application/pdf", buffer: pdfOf(["The wheel", "The axle"]) },
      { name: "creak.wav", mimeType: "audio/wav", buffer: silence(2) },
      text("drawing.svg", hostile, "image/svg+xml"),
    ]);
    await give(annPage.getByRole("heading", { name: "A new wheel" }), "drop", [
      text('"quoted" \u202egpj.txt', "Odd"),
    ]);
    await give(textField(annPage, "Comment"), "paste", [picture]);
    await annPage.keyboard.press("Control+Enter");
    await expect(attached.getByRole("listitem")).toHaveCount(6);
    await expect(files(benPage).getByRole("listitem")).toHaveCount(6);
    await expect(tile(benPage, '"quoted" \ufffdgpj.txt')).toBeVisible();
    await benPage.goto(guildhall.url + task);
    const pasted = benPage.getByRole("article").getByRole("img", { name: "wheel" });
    await expect.poll(() => pasted.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(16);
    await benPage.goBack();
  });

  const shown = benPage.getByRole("dialog");
  await test.step("looked at: one after the other, by keys", async () => {
    await benPage.getByRole("combobox", { name: "Sort by" }).click();
    await benPage.getByRole("option", { name: "Name" }).click();
    await tile(benPage, "creak.wav").press("Enter");
    const sound = shown.locator("audio");
    await expect.poll(() => sound.evaluate((a: HTMLAudioElement) => a.duration)).toBeCloseTo(2);
    await sound.evaluate((a: HTMLAudioElement) => Object.assign(a, { currentTime: 1.5 }));
    await expect.poll(() => sound.evaluate((a: HTMLAudioElement) => a.seeking)).toBe(false);

    await shown.press("ArrowRight");
    await expect(shown.getByRole("img", { name: "drawing.svg" })).toBeVisible();
    await shown.press("ArrowRight");
    await expect(shown.getByRole("columnheader", { name: "role, if any" })).toBeVisible();
    await expect(shown.getByRole("cell", { name: 'Ada "the first"' })).toBeVisible();
    await shown.press("ArrowRight");
    await expect(shown.getByText("The wheel")).toBeAttached();
    await expect(shown.getByLabel("Page", { exact: true })).toHaveText("1 / 2");
    await shown.getByRole("button", { name: "Next page" }).click();
    await expect(shown.getByLabel("Page", { exact: true })).toHaveText("2 / 2");
    await shown.getByRole("button", { name: "Next file" }).click();
    await expect(shown.getByRole("img", { name: "wheel.png" })).toBeVisible();
    await shown.press("+");
    await expect(shown.getByLabel("Zoom", { exact: true })).toHaveText("125 %");
    await benPage.keyboard.press("Escape");
    await expect(tile(benPage, "creak.wav")).toBeFocused();
  });

  await test.step("nothing in a file runs, at its own address neither", async () => {
    const { items } = await ben.api.files.list.query({ taskId });
    const drawing = items.find(({ name }) => name === "drawing.svg");
    const answer = await benPage.request.get(`${guildhall.url}/files/${drawing?.id}`);
    expect(answer.headers()).toMatchObject({
      "content-disposition": expect.stringMatching(/^attachment/),
      "content-security-policy": expect.stringMatching(/default-src 'none'.*; sandbox$/),
    });
    await expect(benPage).toHaveTitle(/Guildhall/);
  });

  await test.step("renamed, deleted and brought back, before the other one's eyes", async () => {
    await tile(benPage, "people.csv").press("F2");
    await benPage.getByLabel("Name", { exact: true }).fill("crew.csv");
    await benPage.keyboard.press("Enter");
    await expect(attached.getByText("crew.csv")).toBeVisible();
    await tile(benPage, "plan.pdf").press("Delete");
    await expect(attached.getByText("plan.pdf")).toBeHidden();
    await benPage.getByRole("button", { name: "Deleted files" }).click();
    await benPage.getByRole("button", { name: "Restore plan.pdf" }).click();
    await expect(attached.getByText("plan.pdf")).toBeVisible();
    await benPage.getByRole("button", { name: "Deleted files" }).click();
  });

  await test.step("a newer version, and the first one again", async () => {
    const row = attached.getByRole("listitem").filter({ hasText: "crew.csv" });
    await row.getByRole("button", { name: "Options for crew.csv" }).click();
    const chooser = annPage.waitForEvent("filechooser");
    await annPage.getByRole("menuitem", { name: "Upload a new version…" }).click();
    await (await chooser).setFiles(text("crew-2.csv", "name\nGrace\n"));
    await expect(tile(benPage, "crew.csv")).toBeVisible();
    await tile(benPage, "crew.csv").press("Enter");
    await expect(shown.getByRole("cell", { name: "Grace" })).toBeVisible();
    await shown.getByRole("button", { name: "Options for crew.csv" }).click();
    await benPage.getByRole("menuitem", { name: "Versions (2)" }).click();
    await benPage.getByRole("button", { name: "Restore version 1" }).click();
    await expect(benPage.getByText("Version 3 · current")).toBeVisible();
    await benPage.keyboard.press("Escape");
    await expect(shown.getByRole("cell", { name: 'Ada "the first"' })).toBeVisible();
    await benPage.keyboard.press("Escape");
  });

  await test.step("a cut network and a reload cost an upload nothing", async () => {
    const network = await annPage.context().newCDPSession(annPage);
    const line = (offline: boolean, uploadThroughput: number) =>
      network.send("Network.emulateNetworkConditions", {
        ...{ offline, uploadThroughput, latency: 0, downloadThroughput: -1 },
      });
    await network.send("Network.enable");
    await line(false, 4_000_000);
    const buffer = Buffer.alloc(17_000_000, "wheel");
    await choose(annPage, "Attach", [{ name: "long.bin", mimeType: "", buffer }]);
    const bar = attached.getByRole("progressbar", { name: "long.bin" });
    await expect
      .poll(async () => Number(await bar.getAttribute("aria-valuenow")))
      .toBeGreaterThan(8);
    await line(true, -1);
    const waits = (name: string) =>
      attached
        .getByRole("listitem")
        .filter({ hasText: name })
        .getByText(/^Offline/);
    await expect(waits("long.bin")).toBeVisible();
    await choose(annPage, "Attach", [text("short.txt", "Short")]);
    await expect(waits("short.txt")).toBeVisible();
    await attached.getByRole("button", { name: "Pause short.txt" }).click();
    await line(false, -1);
    const arrived = (name: string) => attached.getByRole("button", { name: `Options for ${name}` });
    await expect(arrived("long.bin")).toBeVisible();
    await expect(attached.getByText(/^Paused at/)).toBeVisible();
    await annPage.reload();
    await expect(arrived("short.txt")).toBeVisible();
    const { items } = await ann.api.files.list.query({ taskId, named: "long" });
    expect(items).toMatchObject([{ name: "long.bin", size: buffer.length }]);
  });
});

test("a scanned PDF in Japanese is drawn, and a page of it that is lost says so", async ({
  browser,
}) => {
  const cleo = await guildhall.person("Cleo");
  const { id: workspaceId } = await cleo.api.workspaces.create.mutate({ name: "Archive" });
  await cleo.api.projects.create.mutate({ workspaceId, name: "Scans", key: "SCAN" });
  const page = await open(browser, cleo, `/w/${workspaceId}/p/SCAN/files`);
  const name = "scan.pdf";
  await choose(page, "Upload", [{ name, mimeType: "", buffer: scannedPdf() }]);
  await tile(page, name).click();
  const first = page.locator("[data-page='1']");
  await expect(first.getByText("コンピュータ")).toBeAttached();
  // A light field of the picture and a dark one, where the page has them.
  const shades = () =>
    first.locator("canvas").evaluate((canvas: HTMLCanvasElement) => {
      const at = (x: number, y: number) =>
        canvas
          .getContext("2d")
          ?.getImageData((x / 595) * canvas.width, (y / 842) * canvas.height, 1, 1).data[0];
      return [at(122, 292), at(322, 292)];
    });
  await expect.poll(shades).toEqual([235, 60]);
  await page.getByRole("button", { name: "Next page" }).click();
  await expect(page.locator("[data-page='2']")).toHaveText(
    "This page can't be shown: the file may be damaged.",
  );
});

test("a browser and the store of a team: straight there and back, and by the server when it is shut", async ({
  browser,
}) => {
  const s3 = await startTestS3();
  const { port, publicUrl, accessKey, secretKey } = s3.settings;
  const withStore = await startGuildhall({
    ...{ MINIO_ENDPOINT: "127.0.0.1", MINIO_PORT: String(port), MINIO_SECURE: "false" },
    ...{
      MINIO_ACCESS_KEY: accessKey,
      MINIO_SECRET_KEY: secretKey,
      MINIO_PUBLIC_URL: publicUrl ?? "",
    },
  });
  const ann = await withStore.person("Ann");
  const { id: workspaceId } = await ann.api.workspaces.create.mutate({ name: "Old Mill" });
  await ann.api.projects.create.mutate({ workspaceId, name: "Wheel", key: "WHEEL" });
  const page = await open(browser, ann, `/w/${workspaceId}/p/WHEEL/files`, withStore.url);
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "PUT") sent.push(new URL(request.url()).origin);
  });
  const sizes = { "tiny.bin": 1_000, "short.bin": 1_000_000, "long.bin": 17_000_000 };
  for (const [name, size] of Object.entries(sizes)) {
    await choose(page, "Upload", [{ name, mimeType: "", buffer: Buffer.alloc(size, name) }]);
    await expect(tile(page, name)).toBeVisible();
    const { origin } = new URL(name === "tiny.bin" ? withStore.url : (publicUrl ?? ""));
    expect([...new Set(sent.splice(0))]).toEqual([origin]);
    await page.getByRole("button", { name: `Options for ${name}` }).click();
    const saved = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: "Download" }).click();
    const bytes = await readFile(await (await saved).path());
    expect(bytes.equals(Buffer.alloc(size, name))).toBe(true);
  }
  // As behind a firewall that lets people reach the server alone.
  await page.route(`${publicUrl}/**`, (route) => route.abort());
  await choose(page, "Upload", [
    { name: "other.bin", mimeType: "", buffer: Buffer.alloc(1_000_000, "other") },
  ]);
  await expect(tile(page, "other.bin")).toBeVisible();
  expect(sent.splice(0).at(-1)).toBe(withStore.url);
  await page.context().close();
  await withStore.stop();
  await s3.stop();
});

async function open(
  browser: Browser,
  person: Person,
  address: string,
  url = guildhall.url,
): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: "reduce" });
  const page = await context.newPage();
  await openAs(page, person, url + address);
  return page;
}

const files = (page: Page) => page.getByRole("list", { name: "Files" });
const tile = (page: Page, name: string): Locator =>
  page.getByRole("button", { name: `Open ${name}`, exact: true });

async function choose(page: Page, button: string, sent: Sent[]) {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: button, exact: true }).click();
  await (await chooser).setFiles(sent);
}

/** As a drag from the desktop or Ctrl+V gives them: to whoever listens around the place. */
async function give(place: Locator, how: "drop" | "paste", sent: Sent[]) {
  const files = sent.map(({ buffer, ...file }) => ({ ...file, base64: buffer.toString("base64") }));
  await place.focus().catch(() => {});
  await place.evaluate(
    (element, { how, files }) => {
      const data = new DataTransfer();
      for (const { name, mimeType, base64 } of files) {
        const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
        data.items.add(new File([bytes], name, { type: mimeType }));
      }
      const about = { bubbles: true, cancelable: true };
      const event =
        how === "drop"
          ? new DragEvent("drop", { ...about, dataTransfer: data })
          : new ClipboardEvent("paste", { ...about, clipboardData: data });
      element.dispatchEvent(event);
    },
    { how, files },
  );
}
