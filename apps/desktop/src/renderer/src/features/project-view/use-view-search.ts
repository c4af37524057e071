import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { readViewSearch, type ViewSearch, writeViewSearch } from "./query/view-search.ts";

/** The task open beside the view: its key, or its id while it has no key yet. */
const readPeek = (raw: Record<string, unknown>) =>
  typeof raw.peek === "string" && raw.peek ? raw.peek : null;

/** What the address says of the view, and the ways to change it. */
export function useViewSearch() {
  const raw: Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  const peek = readPeek(raw);
  // Opening a task must not filter and sort the whole project again.
  const said = JSON.stringify({ ...raw, peek: undefined });
  const search = useMemo(() => readViewSearch(JSON.parse(said)), [said]);

  const change = useCallback(
    (patch: Partial<ViewSearch>) => {
      const next = (old: Record<string, unknown>) => ({
        ...writeViewSearch({ ...readViewSearch(old), ...patch }),
        ...(readPeek(old) && { peek: readPeek(old) }),
      });
      // A filter is adjusted, not visited: Back leaves the view as a whole.
      navigate({ to: ".", search: next as never, replace: true });
    },
    [navigate],
  );

  const setPeek = useCallback(
    (taskKey: string | null) => {
      const next = (old: Record<string, unknown>) => ({
        ...writeViewSearch(readViewSearch(old)),
        ...(taskKey && { peek: taskKey }),
      });
      // Back closes the panel; it does not walk through every task that was looked at.
      navigate({ to: ".", search: next as never, replace: peek !== null && taskKey !== null });
    },
    [navigate, peek],
  );

  return { search, change, peek, setPeek };
}
