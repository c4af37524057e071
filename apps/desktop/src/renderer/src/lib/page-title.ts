/** The document's title: what is open, and in front of it how much is unread. */
import { useEffect } from "react";

const base = typeof document === "undefined" ? "" : document.title;
let count = 0;
/** What is open within what is open; the last one names the page. */
const open: { title: string }[] = [];

function show() {
  const title = open.at(-1)?.title ?? base;
  document.title = count > 0 ? `(${count}) ${title}` : title;
}

/** While the thing is open. */
export function usePageTitle(title: string) {
  useEffect(() => {
    const entry = { title: `${title || "Untitled"} · Guildhall` };
    open.push(entry);
    show();
    return () => {
      open.splice(open.indexOf(entry), 1);
      show();
    };
  }, [title]);
}

export function useTitleCount(unread: number) {
  useEffect(() => {
    count = unread;
    show();
    return () => {
      count = 0;
      show();
    };
  }, [unread]);
}
