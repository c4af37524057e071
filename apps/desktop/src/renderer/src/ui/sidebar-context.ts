import { createContext } from "react";

/** Lets a screen's header offer the way back to a sidebar that is folded away. */
export const SidebarContext = createContext<{ collapsed: boolean; toggle: () => void } | null>(
  null,
);
