import { Callout, type CalloutKind, calloutKinds } from "@guildhall/document-model";
import { element, icon, lazySelect } from "./dom.ts";

const names: Record<CalloutKind, string> = {
  note: "Note",
  tip: "Tip",
  important: "Important",
  warning: "Warning",
  caution: "Caution",
};

/** Of lucide: info, lightbulb, message-square-warning, triangle-alert, octagon-alert. */
const icons: Record<CalloutKind, readonly string[]> = {
  note: ["M22 12a10 10 0 1 1-20 0 10 10 0 0 1 20 0", "M12 16v-4", "M12 8h.01"],
  tip: [
    "M15 14c.2-1 .7-1.7 1.5-2.5 1-.9 1.5-2.2 1.5-3.5A6 6 0 0 0 6 8c0 1 .2 2.2 1.5 3.5.7.7 1.3 1.5 1.5 2.5",
    "M9 18h6",
    "M10 22h4",
  ],
  important: [
    "M22 17a2 2 0 0 1-2 2H6.828a2 2 0 0 0-1.414.586l-2.202 2.202A.71.71 0 0 1 2 21.286V5a2 2 0 0 1 2-2h16a2 2 0 0 1 2 2z",
    "M12 15h.01",
    "M12 7v4",
  ],
  warning: [
    "m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3",
    "M12 9v4",
    "M12 17h.01",
  ],
  caution: [
    "M12 16h.01",
    "M12 8v4",
    "M15.312 2a2 2 0 0 1 1.414.586l4.688 4.688A2 2 0 0 1 22 8.688v6.624a2 2 0 0 1-.586 1.414l-4.688 4.688a2 2 0 0 1-1.414.586H8.688a2 2 0 0 1-1.414-.586l-4.688-4.688A2 2 0 0 1 2 15.312V8.688a2 2 0 0 1 .586-1.414l4.688-4.688A2 2 0 0 1 8.688 2z",
  ],
};

const kindOf = (kind: unknown): CalloutKind =>
  calloutKinds.find((known) => known === kind) ?? "note";

/** A box with its kind as its first line; the kind is a list to choose from for who may write. */
export const CalloutView = Callout.extend({
  addNodeView() {
    return ({ node, getPos, editor }) => {
      let kind = kindOf(node.attrs.kind);
      const contentDOM = element("div", { class: "callout-text" });
      const glyph = element("span", { class: "callout-icon" });
      const { select, show } = lazySelect({
        label: "Callout type",
        value: kind,
        names: calloutKinds.map((each) => [each, names[each]]),
        className: "callout-kind",
        onChoose(chosen) {
          const pos = getPos();
          if (pos === undefined) return;
          editor.view.dispatch(editor.state.tr.setNodeAttribute(pos, "kind", chosen));
          editor.view.focus();
        },
      });
      const head = element(
        "div",
        { class: "callout-head", contenteditable: "false" },
        glyph,
        select,
      );
      const dom = element("div", { class: "callout" }, head, contentDOM);
      const draw = () => {
        dom.dataset.kind = kind;
        glyph.replaceChildren(icon(icons[kind]));
        show(kind);
      };
      draw();
      return {
        dom,
        contentDOM,
        update(next) {
          if (next.type !== node.type) return false;
          if (kindOf(next.attrs.kind) !== kind) {
            kind = kindOf(next.attrs.kind);
            draw();
          }
          select.disabled = !editor.isEditable;
          return true;
        },
        stopEvent: ({ target }) => target instanceof Node && head.contains(target),
        ignoreMutation: ({ target, type }) =>
          type !== "selection" && target instanceof Node && !contentDOM.contains(target),
      };
    };
  },
});
