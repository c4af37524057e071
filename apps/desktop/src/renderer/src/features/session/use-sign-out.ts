import { use } from "react";
import { forgetUploads } from "@/features/files/upload-queue.ts";
import { addresses } from "@/routes/addresses.ts";
import { useSession } from "@/sync/session-context.ts";
import { NavigateContext } from "@/ui/link.tsx";

/** Signs out and leaves the place one was at: it is nothing to the next person. */
export function useSignOut() {
  const { signOut } = useSession();
  const navigate = use(NavigateContext);
  return async () => {
    forgetUploads();
    await signOut();
    navigate?.(addresses.signIn());
  };
}
