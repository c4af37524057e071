/** Small files of some kinds, made here so that nobody has to wonder what is in them. */
import { crc32, deflateSync } from "node:zlib";

/** A PNG of 16 × 16, black and white. */
export const chessBoard = pngOf(16, (x, y) => ((x >> 2) + (y >> 2)) % 2 === 0);

/** Square, in shades of grey: `isLight` says of each pixel whether it is. */
export function pngOf(side: number, isLight: (x: number, y: number) => boolean): Buffer {
  const rows = Array.from({ length: side }, (_, y) =>
    Buffer.from([0, ...Array.from({ length: side }, (_, x) => (isLight(x, y) ? 235 : 60))]),
  );
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.writeUInt8(8, 8);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.concat(rows))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const around = Buffer.alloc(4);
  around.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([around, named, sum]);
}

/** A PDF with a line of text on each page. */
export function pdfOf(lines: readonly string[]): Buffer {
  const pages = lines.map((_, i) => `${4 + 2 * i} 0 R`).join(" ");
  return pdfFrom([
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Kids [${pages}] /Count ${lines.length} >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ...lines.flatMap((line, i) => [
      pageOf(5 + 2 * i, "/Font << /F 3 0 R >>"),
      streamOf(`BT /F 24 Tf 72 720 Td (${line}) Tj ET`),
    ]),
  ]);
}

/** The chess board of 8 × 8 in JPEG 2000. */
const scanned =
  "ff4fff510029000000000008000000080000000000000000000000080000000800000000000000000001070101ff52000c00000001000304040001ff5c000d4040484850484850484850ff640025000143726561746564206279204f70656e4a5045472076657273696f6e20322e352e34ff90000a0000000000550001ff93c7d404031bc7da071f6814fcc08005ff7f067f027fcfc01a7e00d0fb4140051c5701e10f051ca0b430bf04e25a6a89c7da0d1f68343ed03017c45f7c861f0f1dfd42fa0f16b0b4ffd9";

/** As scanners and offices of Japan make them: letters in Shift_JIS, a picture in JPEG 2000; then a page that is lost. */
export function scannedPdf(): Buffer {
  const picture = Buffer.from(scanned, "hex").toString("latin1");
  return pdfFrom([
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [4 0 R 9 0 R] /Count 2 >>",
    "<< /Type /Font /Subtype /Type0 /BaseFont /Ryumin-Light /Encoding /90ms-RKSJ-H /DescendantFonts [6 0 R] >>",
    pageOf(5, "/Font << /F 3 0 R >> /XObject << /I 7 0 R >>"),
    streamOf(
      "BT /F 24 Tf 72 720 Td <8352839383738385815b835e> Tj ET q 400 0 0 400 72 200 cm /I Do Q",
    ),
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Ryumin-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> >>",
    streamOf(
      picture,
      "/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /Filter /JPXDecode ",
    ),
    "null",
    "(this was a page)",
  ]);
}

const pageOf = (content: number, resources: string) =>
  `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${content} 0 R /Resources << ${resources} >> >>`;
const streamOf = (bytes: string, about = "") =>
  `<< ${about}/Length ${bytes.length} >>\nstream\n${bytes}\nendstream`;

/** Of objects, each letter of which is a byte. */
function pdfFrom(objects: string[]): Buffer {
  let body = "%PDF-1.4\n";
  const starts = objects.map((object, i) => {
    const start = body.length;
    body += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(start).padStart(10, "0")} 00000 n \n`;
  });
  const count = objects.length + 1;
  return Buffer.from(
    `${body}xref\n0 ${count}\n0000000000 65535 f \n${starts.join("")}trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`,
    "latin1",
  );
}

/** A WAV of so many seconds, 8,000 samples each. */
export function silence(seconds: number): Buffer {
  const samples = Buffer.alloc(8_000 * seconds, 128);
  const header = Buffer.alloc(44);
  header.write("RIFF", 0, "latin1");
  header.writeUInt32LE(36 + samples.length, 4);
  header.write("WAVEfmt ", 8, "latin1");
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8_000, 24);
  header.writeUInt32LE(8_000, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write("data", 36, "latin1");
  header.writeUInt32LE(samples.length, 40);
  return Buffer.concat([header, samples]);
}
