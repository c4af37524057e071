/** Who and what a text names, in the editor. */
import * as model from "@guildhall/document-model";
import { NodeViewWrapper, type ReactNodeViewProps, ReactNodeViewRenderer } from "@tiptap/react";
import type { ComponentType } from "react";
import { DocumentChip, MentionChip, TaskChip } from "@/entities/links/chips.tsx";

/** Drawn by what it names. */
function view<Attributes extends object>(Chip: ComponentType<Attributes>) {
  const Shown = ({ node }: ReactNodeViewProps) => (
    <NodeViewWrapper as="span" className="chip-place">
      <Chip {...(node.attrs as Attributes)} />
    </NodeViewWrapper>
  );
  return () => ReactNodeViewRenderer(Shown, { as: "span" });
}

export const MentionView = model.Mention.extend({ addNodeView: view(MentionChip) });
export const TaskChipView = model.TaskChip.extend({ addNodeView: view(TaskChip) });
export const DocumentChipView = model.DocumentChip.extend({ addNodeView: view(DocumentChip) });
