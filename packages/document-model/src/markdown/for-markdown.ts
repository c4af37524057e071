/** A document as far as Markdown can say it: what is compared with what is read again. */
import { cleanDocument } from "../clean.ts";
import { textSchema } from "../extensions.ts";
import type { NodeJson } from "../json.ts";
import { typedLine, typedParagraphs } from "./typed-lines.ts";

/** Without what Markdown cannot say and nobody sees: empty paragraphs, and breaks at an end. */
export function forMarkdown(json: NodeJson): NodeJson {
  return cleanDocument(settle(json));
}

/** The same for a description or a comment, where a line end is a break and an empty line no paragraph. */
export function forText(json: NodeJson): NodeJson {
  return cleanDocument(settle(typed(json)), textSchema);
}

function typed(node: NodeJson): NodeJson {
  // What is typed says of a file only what it is called.
  if (node.type === "fileBlock") return { ...node, attrs: { ...node.attrs, size: null } };
  if (node.type === "paragraph" || node.type === "heading") {
    return { ...node, content: typedLine(node.content ?? []) };
  }
  if (!node.content || node.type === "codeBlock") return node;
  const isCell = node.type === "tableCell" || node.type === "tableHeader";
  const content = node.content.map(typed).flatMap((child) => {
    return child.type === "paragraph" && !isCell ? typedParagraphs(child.content ?? []) : [child];
  });
  return { ...node, content };
}

function settle(node: NodeJson): NodeJson {
  if (node.type === "heading") return withoutOuterSpace(node);
  if (node.type === "paragraph") {
    const line = withoutOuterSpace(node);
    const [only, ...others] = line.content ?? [];
    const isRaw = only?.type === "rawInline" && others.length === 0 && !only.marks?.length;
    return isRaw ? { type: "rawBlock", attrs: only.attrs ?? {} } : line;
  }
  const content = node.content?.map(settle);
  if (!content) return node;
  // Nor does Markdown know how wide a column is.
  if (node.type === "tableCell" || node.type === "tableHeader") {
    return { ...node, attrs: { ...node.attrs, colwidth: null }, content };
  }
  const kept = content.filter(({ type, content: inside = [] }, at) => {
    const holdsBox = node.type === "taskItem" && at === 0;
    return type !== "paragraph" || inside.length > 0 || holdsBox;
  });
  // A box stands before text.
  const lacksText = node.type === "taskItem" && kept[0]?.type !== "paragraph";
  return { ...node, content: lacksText ? [{ type: "paragraph" }, ...kept] : kept };
}

/** A line without the space and the breaks at its ends. */
function withoutOuterSpace(node: NodeJson): NodeJson {
  const content = [...(node.content ?? [])];
  const trim = (at: 0 | -1, pattern: RegExp) => {
    for (let child = content.at(at); child; child = content.at(at)) {
      const isCode = child.marks?.some(({ type }) => type === "code");
      const isBreak = child.type === "hardBreak";
      if (!isBreak && (child.text === undefined || isCode)) return;
      const text = child.text?.replace(pattern, "");
      if (text === child.text && !isBreak) return;
      content.splice(at, 1);
      if (text) content.splice(at === 0 ? 0 : content.length, 0, { ...child, text });
    }
  };
  trim(0, /^[ \t\n]+/);
  trim(-1, /[ \t\n]+$/);
  return { ...node, content };
}
