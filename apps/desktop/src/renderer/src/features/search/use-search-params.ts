import { useLocation, useRouter } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import {
  readSearchAddress,
  type SearchAddress,
  writeSearchAddress,
} from "@/entities/search/search-params.ts";

export function useSearchAddress() {
  const { pathname, searchStr } = useLocation();
  const { history } = useRouter();
  const asked = useMemo(() => readSearchAddress(searchStr), [searchStr]);
  const ask = useCallback(
    (patch: Partial<SearchAddress>) => {
      const before = writeSearchAddress(asked);
      const after = writeSearchAddress({ ...asked, ...patch });
      // Adjusted, not visited: Back leaves the search as a whole.
      if (after !== before) history.replace(`${pathname}${after}`);
    },
    [history, pathname, asked],
  );
  return { asked, ask };
}
