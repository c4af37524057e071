/** Small makers for node views: plain DOM, because a document may hold hundreds of them. */
type Props = Record<string, string | undefined>;

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Props = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/** An icon of lucide by its paths: those that React draws cannot stand in plain DOM. */
export function icon(paths: readonly string[], size = 16): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const look = { width: size, height: size, viewBox: "0 0 24 24", fill: "none" };
  const stroke = { stroke: "currentColor", "stroke-width": 2, "aria-hidden": "true" };
  const ends = { "stroke-linecap": "round", "stroke-linejoin": "round" };
  for (const [name, value] of Object.entries({ ...look, ...stroke, ...ends })) {
    svg.setAttribute(name, String(value));
  }
  for (const d of paths) {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}

/** A list to choose from whose lines are made when it is opened; until then it holds what is chosen. */
export function lazySelect(options: {
  label: string;
  value: string;
  names: readonly (readonly [value: string, name: string])[];
  className: string;
  /** What one that is not among them is called; else as it is written. */
  nameOf?: (value: string) => string;
  onChoose: (value: string) => void;
}) {
  const select = element("select", { "aria-label": options.label, class: options.className });
  const nameOf = (value: string) =>
    options.names.find(([known]) => known === value)?.[1] ?? options.nameOf?.(value) ?? value;
  function show(value: string) {
    select.replaceChildren(element("option", { value }, nameOf(value)));
    select.value = value;
  }
  function fill() {
    const { value } = select;
    const lines = options.names.map(([each, name]) => element("option", { value: each }, name));
    const isKnown = options.names.some(([each]) => each === value);
    if (!isKnown) lines.unshift(element("option", { value }, value));
    select.replaceChildren(...lines);
    select.value = value;
  }
  select.addEventListener("pointerdown", fill);
  select.addEventListener("focus", fill);
  select.addEventListener("change", () => options.onChoose(select.value));
  show(options.value);
  return { select, show };
}
