import { useLocation } from "@tanstack/react-router";
import { useEffect, useState } from "react";

const key = "guildhall.sidebar";

/** Below it the sidebar lies over the screen (see AppFrame), so it is open only when asked for. */
const isNarrow = () => window.matchMedia("(width < 48rem)").matches;

/** Remembered where it stands beside the screen; where it lies over it, each step closes it. */
export function useSidebarState() {
  const { pathname } = useLocation();
  const [collapsed, setCollapsed] = useState(
    () => isNarrow() || localStorage.getItem(key) === "collapsed",
  );

  // `pathname` is not read: a new place is what closes it.
  useEffect(() => {
    if (isNarrow()) setCollapsed(true);
  }, [pathname]);

  function change(next: boolean) {
    setCollapsed(next);
    if (!isNarrow()) localStorage.setItem(key, next ? "collapsed" : "open");
  }

  return { collapsed, setCollapsed: change };
}
