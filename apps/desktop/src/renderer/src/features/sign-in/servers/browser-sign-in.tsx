import type { RouterOutputs } from "@guildhall/api/client";
import { useMutation } from "@tanstack/react-query";
import { ExternalLink } from "lucide-react";
import { useEffect } from "react";
import { platform } from "@/platform/platform.ts";
import { formatError, PageRefusal } from "@/sync/format-error.ts";
import { shownDevice } from "@/sync/storage/known-device.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";

type SignedIn = RouterOutputs["auth"]["redeemAppCode"];

/**
 * The desktop app's other way in: by the person's own browser, where they may be signed in already, and which
 * has whatever this server takes (a provider, a passkey, a password manager).
 */
export default function BrowserSignIn({ onSignedIn }: { onSignedIn: (answer: SignedIn) => void }) {
  const { client } = trpc.useUtils();
  const { servers } = platform;
  const signIn = useMutation({
    mutationFn: async () => {
      if (!servers) return null;
      const shown = await servers.signInByBrowser().catch((error: Error) => {
        throw new PageRefusal(error.message);
      });
      return client.auth.redeemAppCode.mutate({ ...shown, device: shownDevice() });
    },
    onSuccess: (answer) => answer && onSignedIn(answer),
  });
  // Who goes on to another page waits for no browser.
  useEffect(() => () => void servers?.cancelSignInByBrowser(), [servers]);
  if (!servers) return null;

  return (
    <div className="mt-4 grid gap-2">
      <p className="flex items-center gap-3 text-12 text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        or
      </p>
      {signIn.error && (
        <ErrorNotice title="Couldn't sign you in">{formatError(signIn.error)}</ErrorNotice>
      )}
      {signIn.isPending ? (
        <>
          <p role="status" className="text-13 text-muted">
            Continue in your browser. This page goes on by itself once you've signed in there.
          </p>
          <Button size="large" wide onClick={() => void servers.cancelSignInByBrowser()}>
            Cancel
          </Button>
        </>
      ) : (
        <Button size="large" wide icon={<ExternalLink size={16} />} onClick={() => signIn.mutate()}>
          Sign in with your browser
        </Button>
      )}
    </div>
  );
}
