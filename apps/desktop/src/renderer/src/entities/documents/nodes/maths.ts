import { BlockMath, InlineMath } from "@guildhall/document-model";
import { InputRule, nodeInputRule } from "@tiptap/core";
import { openChosen, sourceView } from "./source-box.ts";

type Katex = typeof import("./katex.ts").default;
let katex: Katex | null = null;
/** Only who sees a formula waits for it, and the second one does not. */
const loading = () =>
  import("./katex.ts").then((loaded) => {
    katex = loaded.default;
    return katex;
  });

function drawFormula(displayMode: boolean) {
  return (source: string, into: HTMLElement) => {
    const draw = (tex: Katex) =>
      tex.render(source, into, {
        displayMode,
        throwOnError: false,
        output: "htmlAndMathml",
        // No `\href` and no `\includegraphics`: a formula asks for nothing.
        trust: false,
        maxExpand: 200,
        maxSize: 20,
      });
    if (katex) return draw(katex);
    into.textContent = source;
    const wanted = source;
    into.dataset.wanted = wanted;
    loading().then((tex) => into.dataset.wanted === wanted && draw(tex));
  };
}

const formula = { attribute: "latex", label: "Formula in LaTeX" };

export const InlineMathView = InlineMath.extend({
  addNodeView: sourceView({
    ...formula,
    className: "inline-maths",
    isInline: true,
    placeholder: "formula",
    draw: drawFormula(false),
  }),
  addInputRules() {
    return [
      // Not the dollars of money: `$5 and $6` has a space before the second one.
      nodeInputRule({
        find: /(?:^|[\s(])(\$([^\s$](?:[^$]*[^\s$])?)\$)$/,
        type: this.type,
        getAttributes: (match) => ({ latex: match[2] }),
      }),
    ];
  },
  addKeyboardShortcuts() {
    return {
      Enter: ({ editor }) =>
        openChosen(editor, ["inlineMath", "blockMath", "rawBlock", "rawInline"]),
    };
  },
});

export const BlockMathView = BlockMath.extend({
  addNodeView: sourceView({
    ...formula,
    className: "block-maths",
    isInline: false,
    placeholder: "A formula in LaTeX, such as  e^{i\\pi} + 1 = 0",
    draw: drawFormula(true),
  }),
  addInputRules() {
    return [
      new InputRule({
        find: /^\$\$\s$/,
        handler: ({ range, chain }) => {
          chain()
            .deleteRange(range)
            .insertContent({ type: this.name, attrs: { latex: "" } })
            .run();
        },
      }),
    ];
  },
});
