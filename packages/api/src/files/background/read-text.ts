/** The words of a PDF or of a document of Word. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { tidy } from "./read-plain.ts";
import { MAX_TEXT, PDF } from "./reading.ts";

export const readText = async (file: string, type: string): Promise<string> =>
  tidy(await (type === PDF ? readPdf(file) : readDocx(file)));

async function readDocx(file: string): Promise<string> {
  const { default: mammoth } = await import("mammoth");
  return (await mammoth.extractRawText({ path: file })).value;
}

async function readPdf(file: string): Promise<string> {
  // pdf.js makes one when it is loaded, and needs it only to draw.
  Object.assign(globalThis, { DOMMatrix: class {}, Path2D: class {}, ImageData: class {} });
  const { getDocument, VerbosityLevel } = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const home = path.dirname(fileURLToPath(import.meta.resolve("pdfjs-dist/package.json")));
  const reading = getDocument({
    data: new Uint8Array(await readFile(file)),
    cMapUrl: `${home}/cmaps/`,
    standardFontDataUrl: `${home}/standard_fonts/`,
    disableFontFace: true,
    verbosity: VerbosityLevel.ERRORS,
  });
  try {
    const document = await reading.promise;
    let text = "";
    for (let n = 1; n <= document.numPages && text.length < MAX_TEXT; n++) {
      const page = await document.getPage(n);
      const { items } = await page.getTextContent();
      for (const item of items) if ("str" in item) text += item.hasEOL ? `${item.str}\n` : item.str;
      text += "\n";
      page.cleanup();
    }
    return text;
  } finally {
    await reading.destroy();
  }
}
