import { useEffect, useState } from "react";
import { forgetWidths } from "@/entities/tasks/properties/text-width.ts";

/** How often fonts have arrived since: what was measured in text before is to be measured again. */
export function useFonts(): number {
  const [round, setRound] = useState(() => {
    // They may have come while no board was open.
    forgetWidths();
    return 0;
  });
  useEffect(() => {
    const next = () => {
      forgetWidths();
      setRound((last) => last + 1);
    };
    document.fonts.addEventListener("loadingdone", next);
    return () => document.fonts.removeEventListener("loadingdone", next);
  }, []);
  return round;
}
