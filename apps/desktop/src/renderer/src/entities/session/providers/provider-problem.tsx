import { trpc } from "@/sync/trpc.ts";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { problemAt } from "./provider-sentences.ts";

/** To a stranger who was sent back; `place`: the address, with what follows the ?. */
export default function ProviderProblem({ place }: { place: string }) {
  const { data } = trpc.providers.list.useQuery();
  const problem = data && problemAt(place, data);
  if (!problem) return null;
  return (
    <div className="mb-4">
      <ErrorNotice title={problem.title}>{problem.detail}</ErrorNotice>
    </div>
  );
}
