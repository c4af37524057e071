import { useLocation, useRouter } from "@tanstack/react-router";
import { useCallback } from "react";

/** The version that is looked at instead of the text, kept in the address; null: the text itself. */
export function useShownVersion(): [string | null, (versionId: string | null) => void] {
  const { pathname, searchStr } = useLocation();
  const { history } = useRouter();
  const params = new URLSearchParams(searchStr);
  const shown = params.get("panel") === "history" ? params.get("version") : null;
  const show = useCallback(
    (versionId: string | null) => {
      const next = new URLSearchParams(searchStr);
      if (versionId) next.set("version", versionId);
      else next.delete("version");
      history.replace(`${pathname}?${next}`);
    },
    [history, pathname, searchStr],
  );
  return [shown, show];
}
