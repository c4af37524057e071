/** How remark prints what is ours, and what it must escape so that it is not read as that. */
import type { Blockquote, Html, Nodes } from "mdast";
import type { Options } from "remark-stringify";
import { dollarMath } from "./scanners.ts";

type Handle = NonNullable<NonNullable<Options["handlers"]>["link"]>;

/** `> [!NOTE]`, with the text right below or, when it begins with no paragraph, a line further. */
const callout: Handle = (node: Blockquote & { kind: string }, _, state, info) => {
  const exit = state.enter("blockquote");
  const tracker = state.createTracker(info);
  tracker.move("> ");
  tracker.shift(2);
  const text = state.containerFlow(node, tracker.current());
  exit();
  const [first] = node.children;
  const gap = first && first.type !== "paragraph" ? "\n" : "";
  const lines = `[!${node.kind.toUpperCase()}]${text ? `\n${gap}${text}` : ""}`.split("\n");
  return lines.map((line) => (line ? `> ${line}` : ">")).join("\n");
};

const inlineMath = Object.assign(
  ((node: { value: string }, _, __, info) => {
    const single = `$${node.value}$`;
    const fits = scan(single, info.before.at(-1) ?? "", info.after[0] ?? "");
    if (fits) return single;
    let size = 2;
    while (node.value.includes("$".repeat(size))) size++;
    const fence = "$".repeat(size);
    const pad = /^[\s$]|[\s$]$/.test(node.value) ? " " : "";
    return `${fence}${pad}${node.value}${pad}${fence}`;
  }) as Handle,
  { peek: () => "$" },
);

function scan(text: string, before: string, after: string): boolean {
  const scanner = dollarMath(before);
  for (let at = 0; at < text.length; at++) {
    const verdict = scanner.next(text[at] ?? "");
    if (verdict === "no") return false;
    if (verdict === "done") return at === text.length - 1 && scanner.accepts?.(after) !== false;
  }
  return false;
}

/** Raw text is printed as it is. */
const raw = Object.assign(((node: Html) => node.value) as Handle, {
  peek: (node: Nodes) => ("value" in node ? node.value[0] : undefined) ?? "",
});

export const writers: Pick<Options, "handlers" | "unsafe"> = {
  handlers: { callout, inlineMath, raw, html: raw } as NonNullable<Options["handlers"]>,
  unsafe: [
    { character: "{", after: "[{%]", inConstruct: "phrasing" },
    { character: "$", after: "[^\\s]", inConstruct: "phrasing" },
  ],
};
