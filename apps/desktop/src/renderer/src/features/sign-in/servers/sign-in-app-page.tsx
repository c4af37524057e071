import { useState } from "react";
import { useSignOut } from "@/entities/session/use-sign-out.ts";
import { paths } from "@/lib/paths.ts";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { useMe } from "@/sync/use-sync-client.ts";
import { Button } from "@/ui/controls/button.tsx";
import { Link } from "@/ui/controls/link.tsx";
import { AuthFrame, textLinkClass } from "@/ui/layout/auth-frame.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";

type Asked = { port: number; state: string; challenge: string; app: string; computer: string };

/** Null where the address isn't one that an app has made. */
function readAsked(search: string): Asked | null {
  const given = new URLSearchParams(search);
  const text = (name: string) => given.get(name)?.trim().slice(0, 100) ?? "";
  const asked = { state: text("state"), challenge: text("challenge"), app: text("app") };
  const port = Number(given.get("port"));
  const computer = text("computer");
  const isWhole = Object.values(asked).every(Boolean) && computer !== "";
  return isWhole && Number.isInteger(port) && port > 0 && port < 65_536
    ? { ...asked, computer, port }
    : null;
}

/** Back to the app, which waits at that port of this computer, and of no other. */
function goBack({ port, state }: Asked, answer: { code: string } | { error: string }) {
  window.location.assign(
    `http://127.0.0.1:${port}/signed-in?${new URLSearchParams({ ...answer, state })}`,
  );
}

/** An app on this computer asks, by this browser, to sign in as who is signed in here. */
export default function SignInAppPage() {
  const [asked] = useState(() => readAsked(window.location.search));
  if (asked) return <Question asked={asked} />;
  return (
    <AuthFrame title="This link isn't complete">
      <p className="mb-4 text-13 text-muted">
        Go back to the Guildhall app and start the sign-in there again. Nothing was changed.
      </p>
      <Link href={paths.home()} className={textLinkClass}>
        Use Guildhall in this browser
      </Link>
    </AuthFrame>
  );
}

function Question({ asked }: { asked: Asked }) {
  const me = useMe();
  const signOut = useSignOut();
  const { challenge, app, computer } = asked;
  const allow = trpc.auth.allowApp.useMutation({
    onSuccess: ({ code }) => goBack(asked, { code }),
  });

  async function change() {
    const here = window.location.pathname + window.location.search;
    await signOut();
    window.location.assign(here);
  }

  return (
    <AuthFrame
      title="Sign in to the Guildhall app?"
      footer={
        <>
          Not {me.name}?{" "}
          <button type="button" className={textLinkClass} onClick={change}>
            Use another account
          </button>
        </>
      }
    >
      <div className="grid gap-4">
        {allow.error && (
          <ErrorNotice title="Couldn't sign in the app">{formatError(allow.error)}</ErrorNotice>
        )}
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 rounded-panel border bg-raised px-3 py-2.5 text-13">
          <Fact name="App" value={app} />
          <Fact name="Computer" value={computer} />
          <Fact name="Account" value={me.email} />
        </dl>
        <p className="text-13 text-muted">
          Only continue if you just started this in the app on this computer. It will be able to do
          everything you can, until you sign it out there or under Settings, Sessions.
        </p>
        <div className="grid gap-2">
          <Button
            variant="primary"
            size="large"
            wide
            autoFocus
            busy={allow.isPending || allow.isSuccess}
            onClick={() => allow.mutate({ challenge, app, computer })}
          >
            Sign in to the app
          </Button>
          <Button size="large" wide onClick={() => goBack(asked, { error: "access_denied" })}>
            Cancel
          </Button>
        </div>
        {allow.isSuccess && (
          <p role="status" className="text-13 text-muted">
            Done. If nothing happens, go back to the app and start again.
          </p>
        )}
      </div>
    </AuthFrame>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words font-medium">{value}</dd>
    </>
  );
}
