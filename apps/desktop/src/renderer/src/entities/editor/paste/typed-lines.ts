import { Extension } from "@tiptap/core";
import { Fragment, Slice } from "@tiptap/pm/model";
import { Plugin } from "@tiptap/pm/state";

/** In a description or a comment each line end of a pasted text stays one; an empty line ends a paragraph. */
export const TypedLines = Extension.create({
  name: "typedLines",
  addProseMirrorPlugins() {
    const { paragraph, hardBreak } = this.editor.schema.nodes;
    return [
      new Plugin({
        props: {
          clipboardTextParser(text, $context, _plain, { state: { schema } }) {
            const paragraphs = text
              .replace(/\r\n?/g, "\n")
              .split(/\n{2,}/)
              .map((lines) =>
                lines
                  .split("\n")
                  .flatMap((line, at) => [
                    ...(at > 0 && hardBreak ? [hardBreak.create()] : []),
                    ...(line ? [schema.text(line, $context.marks())] : []),
                  ]),
              );
            const blocks = paragraphs.flatMap((line) => paragraph?.create(null, line) ?? []);
            return new Slice(Fragment.from(blocks), 1, 1);
          },
        },
      }),
    ];
  },
});
