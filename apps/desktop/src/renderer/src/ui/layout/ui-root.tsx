import { CSPProvider } from "@base-ui/react/csp-provider";
import { Tooltip } from "@base-ui/react/tooltip";
import { type ReactNode, useEffect } from "react";
import { listenForKeys } from "@/ui/shortcuts/use-shortcut.ts";
import { keepScrollOnReload } from "./restored-scroll.ts";
import { Toaster } from "./toaster.tsx";

/** What the components need once around them: tooltips' timing, toasts, the keyboard. */
export function UiRoot({ children }: { children: ReactNode }) {
  useEffect(listenForKeys, []);
  useEffect(keepScrollOnReload, []);
  return (
    // The page's policy allows no injected <style>; theme.css has what those would say.
    <CSPProvider disableStyleElements>
      <Tooltip.Provider delay={450} closeDelay={0}>
        {children}
        <Toaster />
      </Tooltip.Provider>
    </CSPProvider>
  );
}
