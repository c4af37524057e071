/**
 * Draws the app's icons from the page's own: `node packaging/make-icons.ts`, once, after that one changed. What it
 * writes is committed. An .ico and an .icns are lists of PNGs, one for each size.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import sharp from "sharp";

const here = import.meta.dirname;
const icons = join(here, "icons");
const drawn = readFileSync(resolve(here, "../src/renderer/public/icon.svg"));

/** What of its square the icon takes on macOS, whose icons leave a margin for their shadow. */
const MAC_SHARE = 824 / 1024;
const WINDOWS_SIZES = [16, 20, 24, 32, 40, 48, 64, 256];
const LINUX_SIZES = [16, 32, 48, 64, 128, 256, 512];
/** Apple's names for a PNG of each size; those with two dots a point have their own. */
const MAC_TYPES = [
  ["icp4", 16],
  ["ic11", 32],
  ["icp5", 32],
  ["ic12", 64],
  ["ic07", 128],
  ["ic13", 256],
  ["ic08", 256],
  ["ic14", 512],
  ["ic09", 512],
  ["ic10", 1024],
] as const;

async function draw(size: number, share = 1): Promise<Buffer> {
  const inner = Math.round(size * share);
  const before = Math.floor((size - inner) / 2);
  const after = size - inner - before;
  const image = sharp(drawn, { density: (72 * inner) / 32 }).resize(inner, inner);
  return image
    .extend({
      top: before,
      left: before,
      bottom: after,
      right: after,
      background: { r: 0, g: 0, b: 0, alpha: 0 },
    })
    .png({ compressionLevel: 9 })
    .toBuffer();
}

/** A head, a row of 16 bytes for each, then the PNGs. */
async function makeIco(): Promise<Buffer> {
  const images = await Promise.all(WINDOWS_SIZES.map((size) => draw(size)));
  const head = Buffer.alloc(6 + 16 * images.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(images.length, 4);
  let at = head.length;
  for (const [n, image] of images.entries()) {
    const row = 6 + 16 * n;
    const size = WINDOWS_SIZES[n] ?? 0;
    head.writeUInt8(size % 256, row); // 0 says 256.
    head.writeUInt8(size % 256, row + 1);
    head.writeUInt16LE(1, row + 4);
    head.writeUInt16LE(32, row + 6);
    head.writeUInt32LE(image.length, row + 8);
    head.writeUInt32LE(at, row + 12);
    at += image.length;
  }
  return Buffer.concat([head, ...images]);
}

/** Each with its name and length before it, all with theirs before all. */
async function makeIcns(): Promise<Buffer> {
  const parts = await Promise.all(
    MAC_TYPES.map(async ([type, size]) => chunk(type, await draw(size, MAC_SHARE))),
  );
  return chunk("icns", Buffer.concat(parts));
}

function chunk(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, "latin1");
  head.writeUInt32BE(content.length + 8, 4);
  return Buffer.concat([head, content]);
}

/** The lines of the icon alone, in black: macOS colours them as its menu bar is. */
const lines = drawn.toString().match(/<path d="[^"]*"/)?.[0] ?? "";
const template = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="4 4 24 24">${lines} fill="none" stroke="#000" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

/** The icon with a dot on it: something is unread. */
const withDot = drawn
  .toString()
  .replace("</svg>", '<circle cx="25" cy="7" r="7" fill="#e5484d"/></svg>');

/** For the button of the app in the taskbar of Windows. */
const overlay = (text: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="16" fill="#c62a2f"/><text x="16" y="${text.length > 1 ? 22 : 24}" font-family="sans-serif" font-weight="bold" font-size="${text.length > 1 ? 18 : 23}" text-anchor="middle" fill="#fff">${text}</text></svg>`;

/** What main shows of them, at two dots a point. */
async function drawForMain() {
  const folder = resolve(here, "../src/main/notify/images");
  mkdirSync(folder, { recursive: true });
  const save = async (name: string, svg: string) => {
    const image = sharp(Buffer.from(svg), { density: 144 }).resize(32, 32);
    writeFileSync(join(folder, `${name}.png`), await image.png({ compressionLevel: 9 }).toBuffer());
  };
  await save("tray", drawn.toString());
  await save("tray-unread", withDot);
  await save("tray-mac", template);
  for (let n = 1; n <= 9; n++) await save(`overlay-${n}`, overlay(String(n)));
  await save("overlay-more", overlay("9+"));
}

await drawForMain();
mkdirSync(join(icons, "linux"), { recursive: true });
writeFileSync(join(icons, "icon.ico"), await makeIco());
writeFileSync(join(icons, "icon.icns"), await makeIcns());
for (const size of LINUX_SIZES) {
  writeFileSync(join(icons, "linux", `${size}x${size}.png`), await draw(size));
}
