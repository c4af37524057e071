import type { Editor } from "@tiptap/core";
import { goToHeading, useHeadings } from "@/entities/documents/text/headings.ts";
import { useDocumentEditor } from "@/features/documents/context/document-context.ts";
import { cx } from "@/ui/format/cx.ts";

/** The headings as a table of contents; the one being read is marked. */
export function OutlinePanel() {
  const { editor } = useDocumentEditor();
  return editor ? <Outline editor={editor} /> : null;
}

function Outline({ editor }: { editor: Editor }) {
  const { headings, current } = useHeadings(editor);
  if (headings.length === 0) {
    return (
      <p className="px-4 py-1 text-12 text-muted leading-[18px]">
        Add headings to build an outline. Start a line with “# ” to create one.
      </p>
    );
  }
  const top = Math.min(...headings.map(({ level }) => level));
  return (
    <nav aria-label="Outline" className="px-2 pb-4">
      <ul>
        {headings.map((heading, index) => (
          // Headings have no identity of their own: their place is all there is.
          <li key={`${index}-${heading.text}`}>
            <button
              type="button"
              aria-current={index === current ? "location" : undefined}
              onClick={() => goToHeading(editor, heading.pos)}
              style={{ paddingLeft: 8 + (heading.level - top) * 12 }}
              dir="auto"
              className={cx(
                "block w-full truncate rounded-control py-1 pr-2 text-start text-12 leading-[18px] hover:bg-hover",
                index === current ? "bg-active font-medium text-ink" : "text-muted",
              )}
            >
              {heading.text || "Untitled heading"}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
