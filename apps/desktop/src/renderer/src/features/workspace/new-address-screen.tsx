import { useLocation } from "@tanstack/react-router";
import { use, useEffect, useEffectEvent } from "react";
import { paths } from "@/lib/paths.ts";
import { formatError } from "@/sync/format-error.ts";
import { useSession } from "@/sync/session/session-context.ts";
import { trpc } from "@/sync/trpc.ts";
import { Link, NavigateContext } from "@/ui/controls/link.tsx";
import { AuthFrame, textLinkClass } from "@/ui/layout/auth-frame.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { StartingPage } from "@/ui/layout/starting-page.tsx";
import { notify } from "@/ui/overlays/toast.ts";

/** The link that was mailed to a new address, opened by who is signed in to the account that asked. */
export default function NewAddressScreen() {
  const token = new URLSearchParams(useLocation().searchStr).get("token") || "none";
  const navigate = use(NavigateContext);
  const { restart } = useSession();
  const { mutate, error } = trpc.auth.confirmEmailChange.useMutation({
    onSuccess: ({ email }) => {
      notify({ title: "Address changed", description: `You sign in with ${email} from now on.` });
      navigate?.(paths.home());
      return restart();
    },
  });
  const confirm = useEffectEvent(() => mutate({ token }));
  useEffect(() => confirm(), []);
  if (!error) return <StartingPage />;
  return (
    <AuthFrame
      title="Change your address"
      footer={
        <Link href={paths.home()} className={textLinkClass}>
          Continue
        </Link>
      }
    >
      <ErrorNotice title="Couldn't change your address">{formatError(error)}</ErrorNotice>
    </AuthFrame>
  );
}
