/** Draws a Mermaid diagram below its code: only where it can be seen, and a moment after typing. */
import { element } from "./dom.ts";

const SETTLE_MS = 350;
let drawn = 0;

type Mermaid = typeof import("mermaid").default;
const isDark = () =>
  getComputedStyle(document.documentElement).colorScheme.includes("dark")
    ? document.documentElement.dataset.theme === "dark" ||
      matchMedia("(prefers-color-scheme: dark)").matches
    : false;

async function load(): Promise<Mermaid> {
  const { default: mermaid } = await import("mermaid");
  mermaid.initialize({
    startOnLoad: false,
    // What others wrote is drawn: no HTML, no scripts, no click handlers in it.
    securityLevel: "strict",
    suppressErrorRendering: true,
    theme: isDark() ? "dark" : "neutral",
    fontFamily: "Inter Variable, system-ui, sans-serif",
    maxTextSize: 50_000,
  });
  return mermaid;
}

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
    const name = `diagram-${++drawn}`;
    try {
      const mermaid = await load();
      await mermaid.parse(wanted);
      const { svg } = await mermaid.render(name, wanted);
      if (source !== wanted) return;
      figure.innerHTML = svg;
      figure.querySelector("svg")?.removeAttribute("height");
      problem.textContent = "";
      onDrawn(true);
    } catch (error) {
      if (source !== wanted) return;
      // The last one that could be drawn stays.
      const [line = ""] = String(error instanceof Error ? error.message : error).split("\n");
      problem.textContent = wanted.trim() ? `Couldn't draw the diagram: ${line}` : "";
      onDrawn(false);
    } finally {
      document.getElementById(`d${name}`)?.remove();
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
