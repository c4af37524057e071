import { TextLayer } from "pdfjs-dist";
import { useEffect, useRef, useState } from "react";
import type { Pdf } from "./open-pdf.ts";

type Props = { pdf: Pdf; n: number; scale: number };

/** Pixels; more than this browsers do not draw, or not for long. */
const MOST_PIXELS = 16_000_000;

/** A page, drawn while it is near what is seen, with its words over it to be chosen and read aloud. */
export function PdfPage({ pdf, n, scale }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const words = useRef<HTMLDivElement>(null);
  const [isNear, setNear] = useState(false);
  const [size, setSize] = useState({ width: pdf.width, height: pdf.height });
  const [isBroken, setBroken] = useState(false);

  useEffect(() => {
    if (!frame.current) return;
    const observer = new IntersectionObserver(
      ([entry]) => setNear(entry?.isIntersecting ?? false),
      { rootMargin: "800px 0px" },
    );
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    const [onto, over] = [canvas.current, words.current];
    if (!isNear || !onto || !over) return;
    const onEnd = (isDrawn: boolean) => setBroken(!isDrawn);
    return drawPage(pdf, { n, scale, onto, over, onSize: setSize, onEnd });
  }, [isNear, pdf, n, scale]);

  return (
    <div
      ref={frame}
      data-page={n}
      className="pdf-page"
      style={{
        width: size.width * scale,
        height: size.height * scale,
        ["--total-scale-factor" as string]: scale,
      }}
    >
      {isNear && (
        <>
          <canvas ref={canvas} className="absolute inset-0 size-full" />
          <div ref={words} className="pdf-words" />
        </>
      )}
      {isBroken && (
        <p className="absolute inset-0 grid place-items-center p-8 text-center text-13 text-black">
          This page can't be shown: the file may be damaged.
        </p>
      )}
    </div>
  );
}

type Drawing = {
  n: number;
  scale: number;
  onto: HTMLCanvasElement;
  over: HTMLElement;
  /** In points. */
  onSize: (size: { width: number; height: number }) => void;
  onEnd: (isDrawn: boolean) => void;
};

function drawPage(pdf: Pdf, { n, scale, onto, over, onSize, onEnd }: Drawing): () => void {
  let isLeft = false;
  let stop = () => {};
  async function draw() {
    const page = await pdf.pages.getPage(n);
    if (isLeft) return;
    const { width, height } = page.getViewport({ scale: 1 });
    onSize({ width, height });
    const sharpness = Math.min(
      window.devicePixelRatio,
      Math.sqrt(MOST_PIXELS / (width * height * scale * scale)),
    );
    onto.width = Math.floor(width * scale * sharpness);
    onto.height = Math.floor(height * scale * sharpness);
    const drawing = page.render({
      canvas: onto,
      viewport: page.getViewport({ scale: scale * sharpness }),
    });
    over.replaceChildren();
    const text = new TextLayer({
      textContentSource: page.streamTextContent(),
      container: over,
      viewport: page.getViewport({ scale }),
    });
    stop = () => {
      drawing.cancel();
      text.cancel();
    };
    await Promise.all([drawing.promise, text.render()]);
  }
  draw().then(
    () => !isLeft && onEnd(true),
    () => !isLeft && onEnd(false),
  );
  return () => {
    isLeft = true;
    stop();
  };
}
