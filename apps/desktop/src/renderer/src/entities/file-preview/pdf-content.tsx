import { ChevronDown, ChevronUp } from "lucide-react";
import { type RefObject, useEffect, useRef, useState } from "react";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import type { ContentProps } from "./content-props.ts";
import { Loading } from "./loading.tsx";
import { NoPreview } from "./no-preview.tsx";
import { openPdf, type Pdf } from "./open-pdf.ts";
import { PdfPage } from "./pdf-page.tsx";
import { StageTools, ZoomTools } from "./stage-tools.tsx";
import { useZoomKeys } from "./use-zoom-keys.ts";

type State = Pdf | "protected" | "broken" | null;

/** All pages below each other; each is drawn when one comes near. */
export default function PdfContent({ file, address }: ContentProps) {
  const [state, setState] = useState<State>(null);
  useEffect(() => {
    const opening = openPdf(address);
    let isLeft = false;
    opening.pdf.then(
      (pdf) => !isLeft && setState(pdf),
      (error: unknown) => {
        const isLocked = error instanceof Error && error.name === "PasswordException";
        if (!isLeft) setState(isLocked ? "protected" : "broken");
      },
    );
    return () => {
      isLeft = true;
      opening.close();
    };
  }, [address]);

  if (!state) return <Loading />;
  if (typeof state === "object") return <Pages pdf={state} />;
  return (
    <NoPreview file={file}>
      {state === "protected"
        ? "This PDF is password-protected. Download it to open it."
        : "This PDF can't be shown: it may be damaged. Download it to open it."}
    </NoPreview>
  );
}

const MARGIN = 16;
const WIDEST = 900;

function Pages({ pdf }: { pdf: Pdf }) {
  const stage = useRef<HTMLDivElement>(null);
  const fit = useFit(stage, pdf.width);
  const [zoom, setZoom] = useState(1);
  const { at, look } = useCurrentPage(stage, pdf.count);
  const zoomCommands = {
    onZoom: (by: number) => setZoom((now) => Math.min(5, Math.max(0.25, now * by))),
    onFit: () => setZoom(1),
  };
  useZoomKeys(zoomCommands);
  const scale = (fit ?? 1) * zoom;

  function goTo(n: number) {
    stage.current?.querySelector(`[data-page="${n}"]`)?.scrollIntoView({ block: "start" });
  }

  return (
    <>
      <section
        ref={stage}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        aria-label="Pages"
        data-uses-arrows={zoom > 1 ? true : undefined}
        onScroll={look}
        className="min-w-0 flex-1 overflow-auto pb-16"
      >
        {fit && (
          <div className="mx-auto grid w-max justify-items-center gap-3 p-4">
            {Array.from({ length: pdf.count }, (_, index) => (
              <PdfPage key={index} pdf={pdf} n={index + 1} scale={scale} />
            ))}
          </div>
        )}
      </section>
      <StageTools>
        <IconButton
          label="Previous page"
          icon={<ChevronUp size={14} />}
          disabled={at <= 1}
          onClick={() => goTo(at - 1)}
        />
        <output aria-label="Page" className="min-w-14 text-center text-muted">
          {at} / {pdf.count}
        </output>
        <IconButton
          label="Next page"
          icon={<ChevronDown size={14} />}
          disabled={at >= pdf.count}
          onClick={() => goTo(at + 1)}
        />
        <span className="mx-1 h-4 border-l" />
        <ZoomTools {...zoomCommands} words={`${Math.round(zoom * 100)} %`} />
      </StageTools>
    </>
  );
}

/** Pixels for a point, so that a page is as wide as there is room for. */
function useFit(stage: RefObject<HTMLElement | null>, width: number) {
  const [space, setSpace] = useState(0);
  useEffect(() => {
    if (!stage.current) return;
    const observer = new ResizeObserver(([entry]) => setSpace(entry?.contentRect.width ?? 0));
    observer.observe(stage.current);
    return () => observer.disconnect();
  }, [stage]);
  return space > 0 ? Math.min(WIDEST, space - 2 * MARGIN) / width : null;
}

/** The page that the middle of the stage is on. */
function useCurrentPage(stage: RefObject<HTMLElement | null>, count: number) {
  const [at, setAt] = useState(1);
  const look = () => {
    const { scrollTop = 0, clientHeight = 0 } = stage.current ?? {};
    const pages = stage.current?.querySelectorAll<HTMLElement>("[data-page]") ?? [];
    const found = [...pages].findLast(({ offsetTop }) => offsetTop <= scrollTop + clientHeight / 2);
    setAt(Math.min(count, Number(found?.dataset.page ?? 1)));
  };
  return { at, look };
}
