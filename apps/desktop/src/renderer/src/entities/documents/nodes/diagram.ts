/** Draws a Mermaid diagram below its code: only where it can be seen, and a moment after typing. */
import { drawDiagram } from "./diagram-frame.ts";
import { plainSource } from "./diagram-source.ts";
import { element } from "./dom.ts";

const SETTLE_MS = 350;
const isDark = () =>
  getComputedStyle(document.documentElement).colorScheme.includes("dark")
    ? document.documentElement.dataset.theme === "dark" ||
      matchMedia("(prefers-color-scheme: dark)").matches
    : false;

export function diagram(onDrawn: (isDrawn: boolean) => void) {
  const figure = element("div", { class: "diagram", role: "img", "aria-label": "Diagram" });
  const problem = element("p", { class: "diagram-problem", role: "status" });
  const dom = element("div", { class: "diagram-box", contenteditable: "false" }, figure, problem);
  let source = "";
  let shown: string | null = null;
  let isSeen = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const observer = new IntersectionObserver(([entry]) => {
    isSeen = entry?.isIntersecting ?? false;
    if (isSeen) drawSoon(0);
  });
  observer.observe(dom);

  function drawSoon(wait: number) {
    clearTimeout(timer);
    if (isSeen && source !== shown) timer = setTimeout(draw, wait);
  }

  async function draw() {
    const wanted = source;
    shown = wanted;
    try {
      const { svg, width, height } = await drawDiagram({
        source: plainSource(wanted),
        isDark: isDark(),
      });
      if (source !== wanted) return;
      const src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
      figure.replaceChildren(
        element("img", { src, alt: "", width: String(width), height: String(height) }),
      );
      problem.textContent = "";
      onDrawn(true);
    } catch (error) {
      if (source !== wanted) return;
      // The last one that could be drawn stays.
      const line = error instanceof Error ? error.message : String(error);
      problem.textContent = wanted.trim() ? `Not drawn: ${line}` : "";
      onDrawn(false);
    }
  }

  return {
    dom,
    show(text: string) {
      source = text;
      drawSoon(shown === null ? 0 : SETTLE_MS);
    },
    destroy() {
      clearTimeout(timer);
      observer.disconnect();
    },
  };
}
