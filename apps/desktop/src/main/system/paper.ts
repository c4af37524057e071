import { writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { app, type BrowserWindow, dialog } from "electron";

/** The page's stylesheet says what of a screen is printed: the document or the board alone. */
export function print(window: BrowserWindow) {
  window.webContents.print({ printBackground: true }, (done, reason) => {
    if (!done && !/cancel/i.test(reason)) void tell(window, "Couldn't print", reason);
  });
}

export async function savePdf(window: BrowserWindow) {
  const name = fileNameOf(window.webContents.getTitle());
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    defaultPath: join(app.getPath("documents"), `${name}.pdf`),
    filters: [{ name: "PDF", extensions: ["pdf"] }],
  });
  if (canceled || !filePath) return;
  try {
    const bytes = await window.webContents.printToPDF({
      printBackground: true,
      preferCSSPageSize: true,
      pageSize: "A4",
      // Headings become the outline, and a screen reader can read it.
      generateTaggedPDF: true,
      generateDocumentOutline: true,
    });
    await writeFile(filePath, bytes);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    await tell(window, `Couldn't save ${basename(filePath)}`, why);
  }
}

const tell = (window: BrowserWindow, message: string, detail: string) =>
  dialog.showMessageBox(window, { type: "error", message, detail, buttons: ["OK"] });

/** Of a page's title, without the number of what is unread before it and the app's name after it. */
export function fileNameOf(title: string): string {
  const bare = title.replace(/^\(\d+\) /, "").replace(/ · Guildhall$/, "");
  const safe = [...bare].map((c) => (c < " " || '<>:"/\\|?*\u007f'.includes(c) ? " " : c)).join("");
  return safe.replace(/\s+/g, " ").trim().replace(/\.+$/, "").slice(0, 100).trim() || "Guildhall";
}
