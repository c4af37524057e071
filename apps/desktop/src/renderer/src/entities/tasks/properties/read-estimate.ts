import { taskProperties } from "@guildhall/api/client";

export type ReadEstimate = { isRead: true; estimate: number | null } | { isRead: false };

/** "3", "0.5" and "0,5"; nothing is no estimate. The server takes 0 to 10,000. */
export function readEstimate(text: string): ReadEstimate {
  const written = text.trim().replace(",", ".");
  if (written === "") return { isRead: true, estimate: null };
  if (!/^\d+(\.\d+)?$|^\.\d+$/.test(written)) return { isRead: false };
  const estimate = Number(written);
  return estimate <= taskProperties.estimate.most ? { isRead: true, estimate } : { isRead: false };
}
