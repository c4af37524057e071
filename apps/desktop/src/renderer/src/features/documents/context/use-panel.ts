import { useLocation, useRouter } from "@tanstack/react-router";
import { useCallback } from "react";

/** What can stand beside a document, in the order of its tabs. Also in the address: `?panel=outline`. */
export const panelNames = ["outline", "comments", "history"] as const;
export type PanelName = (typeof panelNames)[number];

/** Which panel is open beside the document, kept in the address; null: none. */
export function usePanel(): [PanelName | null, (panel: PanelName | null) => void] {
  const { pathname, searchStr, hash } = useLocation();
  const { history } = useRouter();
  const named = new URLSearchParams(searchStr).get("panel");
  const open = panelNames.find((name) => name === named) ?? null;
  const choose = useCallback(
    (panel: PanelName | null) => {
      const params = new URLSearchParams(searchStr);
      if (panel) params.set("panel", panel);
      else params.delete("panel");
      const search = params.size > 0 ? `?${params}` : "";
      history.replace(`${pathname}${search}${hash ? `#${hash}` : ""}`);
    },
    [history, pathname, searchStr, hash],
  );
  return [open, choose];
}
