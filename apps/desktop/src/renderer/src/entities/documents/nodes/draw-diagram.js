/*
 * Draws diagrams in their frame (diagram-frame.ts), where hostile text meets the library that reads
 * it: no origin, no network, and nothing of the page. What comes out is a picture.
 */
addEventListener(
  "message",
  ({ ports: [port] }) => {
    port.onmessage = async ({ data }) => port.postMessage(await draw(data));
  },
  { once: true },
);

const noLabels = { htmlLabels: false };
const settings = {
  startOnLoad: false,
  securityLevel: "strict",
  ...noLabels,
  flowchart: noLabels,
  class: noLabels,
  state: noLabels,
  mindmap: noLabels,
  suppressErrorRendering: true,
  // As a picture it has none of the page's letters.
  fontFamily: "system-ui, sans-serif",
  maxTextSize: 50_000,
};
let drawn = 0;

async function draw({ source, isDark }) {
  try {
    mermaid.initialize({ ...settings, theme: isDark ? "dark" : "neutral" });
    await mermaid.parse(source);
    const { svg } = await mermaid.render(`diagram-${++drawn}`, source);
    return toPicture(svg);
  } catch (error) {
    return { problem: String(error instanceof Error ? error.message : error).split("\n", 1)[0] };
  } finally {
    document.body.replaceChildren();
  }
}

function toPicture(html) {
  const svg = new DOMParser().parseFromString(html, "text/html").querySelector("svg");
  for (const each of svg.querySelectorAll("script, foreignObject")) each.remove();
  const { width, height } = svg.viewBox.baseVal ?? { width: 600, height: 400 };
  svg.setAttribute("width", width);
  svg.setAttribute("height", height);
  // Its own shadows glow in the dark.
  svg.insertAdjacentHTML("beforeend", "<style>* { filter: none !important; }</style>");
  return { svg: new XMLSerializer().serializeToString(svg), width, height };
}
