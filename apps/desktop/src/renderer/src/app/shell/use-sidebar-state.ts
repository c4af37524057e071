import { useLocation } from "@tanstack/react-router";
import { useEffect, useState } from "react";

const key = "guildhall.sidebar";

/** Below it the sidebar lies over the screen (see AppFrame), so it is open only when asked for. */
const narrow = window.matchMedia("(width < 48rem)");
const isCollapsedFirst = () => narrow.matches || localStorage.getItem(key) === "collapsed";

/** Remembered where it stands beside the screen; where it lies over it, each step closes it. */
export function useSidebarState() {
  const { pathname } = useLocation();
  const [collapsed, setCollapsed] = useState(isCollapsedFirst);

  // A window made narrow, or a tablet turned, would else have it over what was being read.
  useEffect(() => {
    const change = () => setCollapsed(isCollapsedFirst());
    narrow.addEventListener("change", change);
    return () => narrow.removeEventListener("change", change);
  }, []);

  // `pathname` is not read: a new place is what closes it.
  useEffect(() => {
    if (narrow.matches) setCollapsed(true);
  }, [pathname]);

  function change(next: boolean) {
    setCollapsed(next);
    if (!narrow.matches) localStorage.setItem(key, next ? "collapsed" : "open");
  }

  return { collapsed, setCollapsed: change };
}
