/**
 * A PDF is read by pdf.js in a worker of its own, which ends with it: a hostile one costs at most
 * that worker. Nothing in it runs, no form and no link of it is active.
 */
import { getDocument, type PDFDocumentProxy, PDFWorker } from "pdfjs-dist";
import Worker from "pdfjs-dist/build/pdf.worker.mjs?worker";

export type Pdf = {
  pages: PDFDocumentProxy;
  count: number;
  /** Of the first page, in points: what the others are taken for until they are drawn. */
  width: number;
  height: number;
};

/** What the build puts beside the page: vite.renderer.config.ts. */
const OWN = `${window.location.origin}/pdfjs/`;

export function openPdf(url: string) {
  const port = new Worker();
  const worker = PDFWorker.create({ port });
  const loading = getDocument({
    url,
    worker,
    withCredentials: Boolean(import.meta.env.VITE_API_URL),
    // Only what is looked at is fetched.
    disableAutoFetch: true,
    disableStream: true,
    enableXfa: false,
    // Letters of fonts that a file does not bring, and pictures as scanners make them.
    cMapUrl: `${OWN}cmaps/`,
    standardFontDataUrl: `${OWN}standard_fonts/`,
    wasmUrl: `${OWN}wasm/`,
    useWasm: false,
    maxImageSize: 100_000_000,
  });
  const pdf = loading.promise.then(async (pages): Promise<Pdf> => {
    const { width, height } = (await pages.getPage(1)).getViewport({ scale: 1 });
    return { pages, count: pages.numPages, width, height };
  });
  return {
    pdf,
    close() {
      // Whoever closes it no longer waits; whether it opens is told where it was asked for.
      pdf.catch(() => {});
      loading.destroy().finally(() => {
        worker.destroy();
        port.terminate();
      });
    },
  };
}
