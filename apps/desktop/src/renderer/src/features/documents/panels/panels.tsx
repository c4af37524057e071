import { History, ListTree, MessageSquareText } from "lucide-react";
import type { ComponentType, ReactNode } from "react";
import { CommentsPanel } from "@/features/documents/comments/comments-panel.tsx";
import { type PanelName, panelNames } from "@/features/documents/context/use-panel.ts";
import { HistoryPanel } from "@/features/documents/history/history-panel.tsx";
import { OutlinePanel } from "./outline-panel.tsx";

export type Panel = {
  name: PanelName;
  label: string;
  icon: ReactNode;
  keys?: string;
  /** Uses `useDocumentEditor()`. */
  Panel: ComponentType;
};

const shown: Record<PanelName, Omit<Panel, "name">> = {
  outline: {
    label: "Outline",
    icon: <ListTree size={15} />,
    keys: "mod+alt+o",
    Panel: OutlinePanel,
  },
  comments: {
    label: "Comments",
    icon: <MessageSquareText size={15} />,
    Panel: CommentsPanel,
  },
  history: {
    label: "History",
    icon: <History size={15} />,
    Panel: HistoryPanel,
  },
};

/** In the order of their tabs. */
export const panels: readonly Panel[] = panelNames.map((name) => ({ name, ...shown[name] }));
