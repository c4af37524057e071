import { useState } from "react";

const key = "guildhall.peek-width";

/** As wide as this person left it the last time. */
export function usePeekWidth() {
  const [width, setWidth] = useState(() => Number(localStorage.getItem(key)) || 480);
  return {
    width,
    setWidth(next: number) {
      localStorage.setItem(key, String(next));
      setWidth(next);
    },
  };
}
