import { useLocation, useRouter } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";

type Patch<Name extends string> = Partial<Record<Name, string | null>>;

/**
 * What is chosen on a screen, kept in its address, so that it can be shared and Back undoes it; null where the
 * address does not name it. What is only being typed replaces the address rather than adding a step to it.
 */
export function useAddressParams<Name extends string>(names: readonly Name[]) {
  const { pathname, searchStr } = useLocation();
  const { history } = useRouter();
  const values = useMemo(() => {
    const params = new URLSearchParams(searchStr);
    return Object.fromEntries(names.map((name) => [name, params.get(name)])) as Record<
      Name,
      string | null
    >;
  }, [searchStr, names]);
  const change = useCallback(
    (patch: Patch<Name>, how: "push" | "replace" = "push") => {
      const params = new URLSearchParams(searchStr);
      for (const [name, value] of Object.entries<string | null | undefined>(patch)) {
        if (value) params.set(name, value);
        else params.delete(name);
      }
      const search = params.size > 0 ? `?${params}` : "";
      if (search !== searchStr) history[how](`${pathname}${search}`);
    },
    [history, pathname, searchStr],
  );
  return [values, change] as const;
}
