import { History, ListTree, MessageSquareText } from "lucide-react";
import type { ComponentType, ReactNode } from "react";
import { CommentsPanel } from "@/features/documents/comments/comments-panel.tsx";
import { HistoryPanel } from "@/features/documents/history/history-panel.tsx";
import { OutlinePanel } from "./outline-panel.tsx";

export type PanelName = (typeof panels)[number]["name"];

export type Panel = {
  /** Also in the address: `?panel=outline`. */
  name: string;
  label: string;
  icon: ReactNode;
  keys?: string;
  /** Uses `useDocumentEditor()`. */
  Panel: ComponentType;
};

/** What can stand beside a document, in the order of its tabs. */
export const panels = [
  {
    name: "outline",
    label: "Outline",
    icon: <ListTree size={15} />,
    keys: "mod+alt+o",
    Panel: OutlinePanel,
  },
  {
    name: "comments",
    label: "Comments",
    icon: <MessageSquareText size={15} />,
    Panel: CommentsPanel,
  },
  {
    name: "history",
    label: "History",
    icon: <History size={15} />,
    Panel: HistoryPanel,
  },
] as const satisfies readonly Panel[];
