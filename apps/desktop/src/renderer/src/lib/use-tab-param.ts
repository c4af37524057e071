import { useLocation, useRouter } from "@tanstack/react-router";

/** Which tab of a screen is open, kept in the address; the first one where it names none. */
export function useAddressTab<Tab extends string>(
  tabs: readonly [Tab, ...Tab[]],
): [Tab, (tab: Tab) => void] {
  const { pathname, searchStr } = useLocation();
  const { history } = useRouter();
  const named = new URLSearchParams(searchStr).get("tab");
  const open = tabs.find((tab) => tab === named) ?? tabs[0];
  const choose = (tab: Tab) => history.push(tab === tabs[0] ? pathname : `${pathname}?tab=${tab}`);
  return [open, choose];
}
