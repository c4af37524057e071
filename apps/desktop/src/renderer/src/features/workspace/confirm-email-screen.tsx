import { useLocation } from "@tanstack/react-router";
import { use, useEffect, useEffectEvent } from "react";
import { ConfirmAddress } from "@/entities/session/confirm-address.tsx";
import { paths } from "@/lib/paths.ts";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { Link, NavigateContext } from "@/ui/controls/link.tsx";
import { AuthFrame, textLinkClass } from "@/ui/layout/auth-frame.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { StartingPage } from "@/ui/layout/starting-page.tsx";
import { notify } from "@/ui/overlays/toast.ts";

/** The link that was mailed to an address, opened by who is signed in with it. */
export function ConfirmEmailScreen() {
  const token = new URLSearchParams(useLocation().searchStr).get("token") || "none";
  const navigate = use(NavigateContext);
  const { mutate, error } = trpc.auth.confirmEmail.useMutation({
    onSuccess: () => {
      notify({ title: "Address confirmed" });
      navigate?.(paths.home());
    },
  });
  const confirm = useEffectEvent(() => mutate({ token }));
  useEffect(() => confirm(), []);
  if (!error) return <StartingPage />;
  return (
    <AuthFrame
      title="Confirm your address"
      footer={
        <Link href={paths.home()} className={textLinkClass}>
          Continue
        </Link>
      }
    >
      <ErrorNotice title="Couldn't confirm your address">{formatError(error)}</ErrorNotice>
      <div className="mt-4">
        <ConfirmAddress />
      </div>
    </AuthFrame>
  );
}
