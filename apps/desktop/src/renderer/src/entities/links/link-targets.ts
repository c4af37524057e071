/** Which links and chips of the text point to documents and tasks of this house. */
import { ownLink } from "@guildhall/document-model";
import type { Editor } from "@tiptap/core";
import type { Mark, Node } from "@tiptap/pm/model";

export type LinkTarget = { target: "document" | "task"; id: string };

export const targetKey = ({ target, id }: LinkTarget) => `${target}/${id}`;

function ofHref(href: unknown): LinkTarget | null {
  const own = ownLink(href);
  if (own?.target !== "document" && own?.target !== "task") return null;
  return { target: own.target, id: own.id };
}

export const ofMarks = (marks: readonly Mark[]): LinkTarget | null =>
  ofHref(marks.find(({ type }) => type.name === "link")?.attrs.href);

/** Links in words; chips say by themselves that their target is gone. */
export function linkedTargets(doc: Node): LinkTarget[] {
  const found = new Map<string, LinkTarget>();
  doc.descendants((node) => {
    const target = node.isInline ? ofMarks(node.marks) : null;
    if (target) found.set(targetKey(target), target);
  });
  return [...found.values()];
}

/** What the link or chip around this element of the text points to. */
export function targetAt(editor: Editor, element: Element) {
  const link = element.closest("a[data-href]");
  if (link) {
    const target = ofHref(link.getAttribute("data-href"));
    return target && { element: link, ...target };
  }
  const chip = element.closest(".chip");
  if (!chip || !editor.view.dom.contains(chip)) return null;
  const target = ofChip(editor, chip);
  return target && { element: chip, ...target };
}

function ofChip({ view }: Editor, chip: Element): LinkTarget | null {
  const pos = view.posAtDOM(chip.closest(".chip-place") ?? chip, 0);
  for (const at of [pos, pos - 1]) {
    const node = at >= 0 ? view.state.doc.nodeAt(at) : null;
    if (node?.type.name === "taskChip") return { target: "task", id: node.attrs.taskId };
    if (node?.type.name === "documentChip") {
      return { target: "document", id: node.attrs.documentId };
    }
  }
  return null;
}
