import { use } from "react";
import { forgetUploads } from "@/entities/files/upload/upload-queue.ts";
import { paths } from "@/lib/paths.ts";
import { useSession } from "@/sync/session/session-context.ts";
import { NavigateContext } from "@/ui/controls/link.tsx";

/** Signs out and leaves the place one was at: it is nothing to the next person. */
export function useSignOut() {
  const { signOut } = useSession();
  const navigate = use(NavigateContext);
  return async () => {
    forgetUploads();
    await signOut();
    navigate?.(paths.signIn());
  };
}
