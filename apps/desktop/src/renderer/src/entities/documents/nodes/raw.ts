import { isComment, RawBlock, RawInline } from "@guildhall/document-model";
import { sourceView } from "./source-box.ts";

/** A comment of HTML is for whoever reads the source: it is kept, and takes no place on the page. */
function asText(source: string, into: HTMLElement) {
  into.replaceChildren(source);
  into.parentElement?.toggleAttribute("hidden", isComment(source));
}

const source = {
  attribute: "text",
  label: "Source, kept unchanged",
  draw: asText,
};

/** What came with an import and is nothing that we draw: its source in a quiet box, kept as it is. */
export const RawBlockView = RawBlock.extend({
  addNodeView: sourceView({
    ...source,
    className: "raw-block",
    isInline: false,
    placeholder: "Source",
  }),
});

export const RawInlineView = RawInline.extend({
  addNodeView: sourceView({
    ...source,
    className: "raw-inline",
    isInline: true,
    placeholder: "source",
  }),
});
