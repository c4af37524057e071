import { KeyRound } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button } from "@/ui/controls/button.tsx";
import { TextField } from "@/ui/controls/text-field.tsx";
import { AuthFrame, textLinkClass } from "@/ui/layout/auth-frame.tsx";
import { AuthError, type AuthProblem } from "./auth-error.tsx";

export type Way = "app" | "recovery";

type Props = {
  /** What this person can show, the usual one first. */
  ways: readonly Way[];
  /** Absent where this person, or this browser, has no passkey. */
  onPasskey: (() => void) | undefined;
  isPasskeyBusy: boolean;
  onSubmit: (way: Way, typed: string) => void;
  busy: boolean;
  problem: AuthProblem | null;
  onTyping: () => void;
  onStartOver: () => void;
};

const words = {
  app: { label: "Code from your authenticator app", other: "Use your authenticator app" },
  recovery: { label: "Recovery code", other: "Use a recovery code" },
} satisfies Record<Way, { label: string; other: string }>;

/** After the right password: what shows that it is their person who gave it. */
export function SecondStepForm(props: Props) {
  const { ways, onPasskey, isPasskeyBusy, onSubmit, busy, problem, onTyping, onStartOver } = props;
  const [way, setWay] = useState<Way>(ways[0] ?? "recovery");
  const [typed, setTyped] = useState("");

  function submit(event: FormEvent) {
    event.preventDefault();
    onSubmit(way, typed.trim());
  }

  return (
    <AuthFrame
      title="Confirm it's you"
      footer={
        <button type="button" className={textLinkClass} onClick={onStartOver}>
          Sign in as someone else
        </button>
      }
    >
      <form onSubmit={submit} className="grid gap-4">
        <AuthError problem={problem} />
        {onPasskey && (
          <Button
            variant={ways.length === 0 ? "primary" : "secondary"}
            size="large"
            wide
            icon={<KeyRound size={16} />}
            busy={isPasskeyBusy}
            onClick={onPasskey}
          >
            Use a passkey
          </Button>
        )}
        {ways.length > 0 && (
          <>
            <TextField
              key={way}
              label={words[way].label}
              size="large"
              required
              autoFocus
              maxLength={40}
              spellCheck={false}
              autoComplete={way === "app" ? "one-time-code" : "off"}
              inputMode={way === "app" ? "numeric" : "text"}
              value={typed}
              onValueChange={(next) => {
                setTyped(next);
                onTyping();
              }}
            />
            <Button type="submit" variant="primary" size="large" wide busy={busy}>
              Continue
            </Button>
          </>
        )}
        {ways
          .filter((each) => each !== way)
          .map((each) => (
            <button
              key={each}
              type="button"
              className={`justify-self-start text-13 ${textLinkClass}`}
              onClick={() => {
                setWay(each);
                setTyped("");
                onTyping();
              }}
            >
              {words[each].other}
            </button>
          ))}
      </form>
    </AuthFrame>
  );
}
