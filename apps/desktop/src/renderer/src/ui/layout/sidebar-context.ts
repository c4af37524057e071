import { createContext, type ReactNode } from "react";

/** Lets a screen's header offer the way back to a sidebar that is folded away. */
export const SidebarContext = createContext<{ collapsed: boolean; toggle: () => void } | null>(
  null,
);

/** What every screen's header shows at its right end: the save indicator. */
export const HeaderEndContext = createContext<ReactNode>(null);
