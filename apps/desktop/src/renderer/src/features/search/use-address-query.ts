import { useLocation, useRouter } from "@tanstack/react-router";
import { useCallback } from "react";

/** What is searched for, kept in the address: a reload, back and a copied link keep it. */
export function useAddressQuery(): [string, (query: string) => void] {
  const { pathname, searchStr } = useLocation();
  const { history } = useRouter();
  const asked = new URLSearchParams(searchStr).get("q") ?? "";
  const ask = useCallback(
    (query: string) => {
      if (query === asked) return;
      const params = new URLSearchParams(query ? { q: query } : {});
      history.replace(params.size > 0 ? `${pathname}?${params}` : pathname);
    },
    [history, pathname, asked],
  );
  return [asked, ask];
}
