import { useEffect, useState } from "react";
import { everyDraft } from "@/entities/editor/stored-drafts.ts";
import type { Unsent, WhyGone } from "@/sync/session/session.tsx";
import { Button } from "@/ui/controls/button.tsx";
import { copyText } from "@/ui/controls/copy-text.ts";
import { AuthFrame } from "@/ui/layout/auth-frame.tsx";
import { Rows } from "@/ui/layout/section.tsx";

type Props = { why: WhyGone; unsent: Unsent; onLeave: () => void };

const words = {
  deactivated: {
    title: "Your account was deactivated",
    text: "Your account was deactivated by an administrator. What you made stays. If you think this is a mistake, ask whoever runs this server.",
    unsent: "once your account is reactivated",
    leave: "Sign in with another account",
  },
  closed: {
    title: "Your account is closed",
    text: "You're signed out everywhere, and get no more notifications. What you made stays in its workspaces. To open your account again, sign in within 14 days of closing it. After that, your personal data is erased.",
    unsent: "once you've opened your account again",
    leave: "Go to sign-in",
  },
} satisfies Record<WhyGone, Record<string, string>>;

type Text = { id: string; label: string; text: string };

/** Nothing that waits goes from this device here: it is sent if the account comes back. */
export default function AccountGonePage({ why, unsent, onLeave }: Props) {
  const texts = useTexts(unsent);
  const said = words[why];
  return (
    <AuthFrame title={said.title}>
      <p className="mb-5 text-14 text-muted" role="status">
        {said.text}
      </p>
      {unsent.waiting.length + texts.length > 0 && (
        <p className="mb-3 text-14">
          Some of what you wrote wasn't sent. It's kept on this computer, and sent or shown again if
          you sign in here {said.unsent}.
        </p>
      )}
      {texts.length > 0 && (
        <div className="mb-5 grid gap-2">
          <Rows label="Unsent text">
            {texts.map(({ id, label, text }) => (
              <li key={id} className="flex items-start gap-2 px-3 py-2">
                <div className="min-w-0 flex-1">
                  <p className="truncate font-medium text-13">{label}</p>
                  <p className="line-clamp-3 whitespace-pre-wrap text-12 text-muted [overflow-wrap:anywhere]">
                    {text}
                  </p>
                </div>
                <Copy text={text} label={`Copy ${label}`}>
                  Copy
                </Copy>
              </li>
            ))}
          </Rows>
          {texts.length > 1 && (
            <Copy text={texts.map(({ label, text }) => `${label}\n\n${text}`).join("\n\n\n")}>
              Copy all
            </Copy>
          )}
        </div>
      )}
      <Button size="large" wide onClick={onLeave}>
        {said.leave}
      </Button>
    </AuthFrame>
  );
}

/** What can be copied: what waits to be sent, and what was typed and never sent off. */
function useTexts({ userId, waiting }: Unsent): Text[] {
  const [texts, setTexts] = useState<Text[]>([]);
  useEffect(() => {
    let isOver = false;
    const reading = waiting.flatMap(({ id, label, text }) =>
      text ? [text().then((words) => ({ id, label, text: words }))] : [],
    );
    const drafts = userId ? everyDraft(userId) : [];
    void Promise.all(reading).then((read) => {
      if (isOver) return;
      setTexts([
        ...read.filter(({ text }) => text.trim() !== ""),
        ...drafts.map(({ place, text }) => ({ id: place, label: draftName(place), text })),
      ]);
    });
    return () => {
      isOver = true;
    };
  }, [userId, waiting]);
  return texts;
}

/** A description is stored at its task's id. */
const draftName = (place: string) =>
  /^[0-9a-f-]{36}$/.test(place) ? "Draft of a description" : "Draft of a comment";

type CopyProps = { text: string; label?: string; children: string };

function Copy({ text, label, children }: CopyProps) {
  const [isCopied, setCopied] = useState(false);
  async function copy() {
    await copyText(text);
    setCopied(true);
  }
  return (
    <Button size="small" onClick={copy} aria-label={isCopied ? undefined : label}>
      {isCopied ? "Copied" : children}
    </Button>
  );
}
