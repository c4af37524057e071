/** What a line can become, or what can be put there: for the slash menu and the menu of a block. */
import type { ChainedCommands, Editor } from "@tiptap/core";
import {
  Code,
  FileUp,
  Heading1,
  Heading2,
  Heading3,
  Image,
  Info,
  Lightbulb,
  List,
  ListChecks,
  ListOrdered,
  Minus,
  Pilcrow,
  Quote,
  Radical,
  Sigma,
  Superscript,
  Table,
  TriangleAlert,
  Workflow,
} from "lucide-react";
import { nextFootnote } from "@/entities/documents/nodes/footnotes.ts";
import { pickFiles } from "@/entities/editor/files/pick-files.ts";
import type { Suggested } from "./suggestion-list.tsx";

export type Block = Suggested & {
  /** What else people call it. */
  words: string;
  /** The node that it makes, where a text may have none such. */
  node?: string;
  run: (chain: ChainedCommands, editor: Editor) => ChainedCommands;
};

const size = 15;
const mermaid = "flowchart LR\n  A[Idea] --> B{Good?}\n  B -- yes --> C[Do it]\n  B -- no --> A";

/** These turn a line into something else. */
export const textBlocks: readonly Block[] = [
  {
    id: "paragraph",
    label: "Text",
    icon: <Pilcrow size={size} />,
    keys: "mod+alt+0",
    words: "paragraph plain normal",
    run: (chain) => chain.clearNodes().setParagraph(),
  },
  {
    id: "heading-1",
    label: "Heading 1",
    icon: <Heading1 size={size} />,
    keys: "mod+alt+1",
    words: "h1 title big",
    run: (chain) => chain.clearNodes().setHeading({ level: 1 }),
  },
  {
    id: "heading-2",
    label: "Heading 2",
    icon: <Heading2 size={size} />,
    keys: "mod+alt+2",
    words: "h2 subtitle",
    run: (chain) => chain.clearNodes().setHeading({ level: 2 }),
  },
  {
    id: "heading-3",
    label: "Heading 3",
    icon: <Heading3 size={size} />,
    keys: "mod+alt+3",
    words: "h3",
    run: (chain) => chain.clearNodes().setHeading({ level: 3 }),
  },
  {
    id: "bullets",
    label: "Bulleted list",
    icon: <List size={size} />,
    keys: "mod+shift+8",
    words: "unordered ul points",
    run: (chain) => chain.clearNodes().toggleBulletList(),
  },
  {
    id: "numbers",
    label: "Numbered list",
    icon: <ListOrdered size={size} />,
    keys: "mod+shift+7",
    words: "ordered ol steps",
    run: (chain) => chain.clearNodes().toggleOrderedList(),
  },
  {
    id: "tasks",
    label: "Task list",
    icon: <ListChecks size={size} />,
    keys: "mod+shift+9",
    words: "todo checkbox checklist",
    run: (chain) => chain.clearNodes().toggleTaskList(),
  },
  {
    id: "quote",
    label: "Quote",
    icon: <Quote size={size} />,
    keys: "mod+shift+b",
    words: "blockquote citation",
    run: (chain) => chain.clearNodes().setBlockquote(),
  },
  {
    id: "code",
    label: "Code",
    icon: <Code size={size} />,
    keys: "mod+alt+c",
    words: "codeblock program snippet",
    run: (chain) => chain.clearNodes().setCodeBlock(),
  },
];

/** These are put where the line is. */
const insertedBlocks: readonly Block[] = [
  {
    id: "callout",
    node: "callout",
    label: "Callout",
    icon: <Info size={size} />,
    words: "note info box hint",
    run: (chain) => chain.clearNodes().wrapIn("callout", { kind: "note" }),
  },
  {
    id: "callout-tip",
    node: "callout",
    label: "Tip",
    icon: <Lightbulb size={size} />,
    words: "callout hint",
    run: (chain) => chain.clearNodes().wrapIn("callout", { kind: "tip" }),
  },
  {
    id: "callout-warning",
    node: "callout",
    label: "Warning",
    icon: <TriangleAlert size={size} />,
    words: "callout caution danger",
    run: (chain) => chain.clearNodes().wrapIn("callout", { kind: "warning" }),
  },
  {
    id: "table",
    label: "Table",
    icon: <Table size={size} />,
    words: "grid rows columns",
    run: (chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true }),
  },
  {
    id: "image",
    label: "Image",
    icon: <Image size={size} />,
    words: "picture photo upload",
    run: (chain, editor) => {
      pickFiles(editor, "image/*");
      return chain;
    },
  },
  {
    id: "file",
    label: "File",
    icon: <FileUp size={size} />,
    words: "attachment upload pdf",
    run: (chain, editor) => {
      pickFiles(editor);
      return chain;
    },
  },
  {
    id: "diagram",
    label: "Diagram",
    icon: <Workflow size={size} />,
    words: "mermaid flowchart sequence chart graph",
    run: (chain) =>
      chain.insertContent({
        type: "codeBlock",
        attrs: { language: "mermaid" },
        content: [{ type: "text", text: mermaid }],
      }),
  },
  {
    id: "maths",
    node: "blockMath",
    label: "Formula",
    icon: <Sigma size={size} />,
    words: "math maths latex equation katex block",
    run: (chain) => chain.insertContent({ type: "blockMath", attrs: { latex: "" } }),
  },
  {
    id: "inline-maths",
    node: "inlineMath",
    label: "Inline formula",
    icon: <Radical size={size} />,
    words: "math maths latex equation inline",
    run: (chain) => chain.insertContent({ type: "inlineMath", attrs: { latex: "" } }),
  },
  {
    id: "footnote",
    label: "Footnote",
    icon: <Superscript size={size} />,
    words: "reference note",
    run: (chain, editor) => nextFootnote(chain, editor),
  },
  {
    id: "divider",
    label: "Divider",
    icon: <Minus size={size} />,
    words: "line rule hr separator",
    run: (chain) => chain.setHorizontalRule(),
  },
];

const blocks: readonly Block[] = [
  ...textBlocks.map((block) => ({ ...block, group: "Text" })),
  ...insertedBlocks.map((block) => ({ ...block, group: "Insert" })),
];

/** Names that begin with it first, then what else it is called. */
export function findBlocks(query: string, { schema }: Editor): Block[] {
  const typed = query.trim().toLowerCase();
  const possible = blocks.filter(({ node }) => !node || schema.nodes[node]);
  if (!typed) return possible;
  const found = possible.filter(({ label, words }) =>
    `${label} ${words}`
      .toLowerCase()
      .split(" ")
      .some((word) => word.startsWith(typed)),
  );
  const isNamed = ({ label }: Block) => Number(label.toLowerCase().startsWith(typed));
  return found.toSorted((a, b) => isNamed(b) - isNamed(a)).map((b) => ({ ...b, group: undefined }));
}
