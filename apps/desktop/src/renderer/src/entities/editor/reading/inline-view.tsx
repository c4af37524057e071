import {
  isComment,
  type MarkJson,
  type Nested,
  type NodeJson,
  nestMarks,
  ownLink,
  safeHref,
} from "@guildhall/document-model/text";
import type { ReactNode } from "react";
import { addressOf } from "@/entities/documents/text/own-path.ts";
import { DocumentChip, MentionChip, TaskChip } from "@/entities/links/chips.tsx";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { Link } from "@/ui/controls/link.tsx";
import { TextFile, TextImage } from "./text-file.tsx";

/** What stands in a line. */
export function InlineView({ nodes }: { nodes: NodeJson[] }) {
  return nestMarks(nodes).map((part, at) => <Part key={at} part={part} />);
}

function Part({ part }: { part: Nested }): ReactNode {
  if ("leaf" in part) return <Leaf node={part.leaf} />;
  const inside = part.children.map((child, at) => <Part key={at} part={child} />);
  switch (part.mark.type) {
    case "bold":
      return <strong>{inside}</strong>;
    case "italic":
      return <em>{inside}</em>;
    case "strike":
      return <s>{inside}</s>;
    case "code":
      return <code>{inside}</code>;
    case "highlight":
      return <mark>{inside}</mark>;
    case "link":
      return <TextLink mark={part.mark}>{inside}</TextLink>;
    default:
      return inside;
  }
}

function Leaf({ node: { type, text, attrs = {} } }: { node: NodeJson }): ReactNode {
  const label = attrs.label == null ? null : String(attrs.label);
  switch (type) {
    case "text":
      return text;
    case "hardBreak":
      return <br />;
    case "mention":
      return <MentionChip userId={String(attrs.userId)} label={label} />;
    case "taskChip":
      return <TaskChip taskId={String(attrs.taskId)} label={label} />;
    case "documentChip":
      return <DocumentChip documentId={String(attrs.documentId)} label={label} />;
    case "image":
      return (
        <TextImage
          src={String(attrs.src ?? "")}
          alt={String(attrs.alt ?? "")}
          width={Number(attrs.width) || undefined}
        />
      );
    case "footnoteReference":
      return <sup>{label}</sup>;
    default:
      return isComment(attrs.text) ? null : String(attrs.text ?? "");
  }
}

function TextLink({ mark, children }: { mark: MarkJson; children: ReactNode }) {
  const { id: workspaceId } = useWorkspace();
  const href = safeHref(mark.attrs?.href);
  const own = ownLink(href);
  if (!href) return children;
  if (own?.target === "file") return <TextFile id={own.id}>{children}</TextFile>;
  const title = mark.attrs?.title ? String(mark.attrs.title) : undefined;
  const address = addressOf(href, workspaceId);
  if (address.startsWith("/w/")) {
    return (
      <Link href={address} title={title}>
        {children}
      </Link>
    );
  }
  return (
    <a href={address} title={title} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}
