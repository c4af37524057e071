/** The document alone, through the browser's print view, which also saves it as a PDF. */
import { formatError } from "@/sync/format-error.ts";
import { notify } from "@/ui/overlays/toast.ts";
import type { ExportAsked } from "./export-request.ts";
import { fetchExport } from "./fetch-export.ts";

export async function printDocument(asked: Omit<ExportAsked, "as">) {
  try {
    const how = { signal: AbortSignal.timeout(60_000) };
    const { blob } = await fetchExport({ ...asked, as: "html" }, how);
    await printPage(await blob.text());
  } catch (error) {
    notify({ title: "Couldn't print the document", description: formatError(error) });
  }
}

/** In a frame of its own: nothing of the app is on the paper, and nothing in it runs. */
async function printPage(html: string) {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-same-origin allow-modals");
  frame.title = "Print preview";
  frame.style.cssText = "position:fixed;inset:auto 0 0 auto;width:0;height:0;border:0";
  frame.srcdoc = html;
  const loaded = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
  document.body.append(frame);
  await loaded;
  const page = frame.contentWindow;
  page?.addEventListener("afterprint", () => frame.remove(), { once: true });
  page?.focus();
  page?.print();
}
