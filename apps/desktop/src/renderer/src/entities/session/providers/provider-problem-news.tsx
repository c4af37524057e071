import { useEffect } from "react";
import { trpc } from "@/sync/trpc.ts";
import { notify } from "@/ui/overlays/toast.ts";
import { problemAt } from "./provider-sentences.ts";

/** To somebody who is signed in and was sent back to where they were. Said once: a reload is no new one. */
export default function ProviderProblemNews({ place }: { place: string }) {
  const { data } = trpc.providers.list.useQuery();
  useEffect(() => {
    const problem = data && problemAt(place, data);
    if (!problem) return;
    notify({ title: problem.title, description: problem.detail, tone: "failed", stays: true });
    const here = new URL(window.location.href);
    for (const name of ["problem", "provider"]) here.searchParams.delete(name);
    window.history.replaceState(window.history.state, "", here);
  }, [data, place]);
  return null;
}
