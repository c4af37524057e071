import { useEffect } from "react";

export const loadDocumentPage = () => import("./document-page.tsx");

/** Long enough that the first screen does not share its connection with what comes later. */
const QUIET_MS = 3_000;

/** Brought while nobody waits for it: a document made or opened without a connection needs it too. */
export function useDocumentPageEarly() {
  useEffect(() => {
    const timer = setTimeout(() => {
      loadDocumentPage().catch((error: unknown) => {
        console.warn("Documents cannot be opened without a connection yet.", error);
      });
    }, QUIET_MS);
    return () => clearTimeout(timer);
  }, []);
}
