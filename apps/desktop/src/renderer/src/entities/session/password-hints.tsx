import { Check, Circle, X } from "lucide-react";
import type { ReactNode } from "react";
import { checkPassword, passwordRules } from "./password-rules.ts";

/** Hardly anyone comes this far: a rule about bytes before that would only puzzle. */
const NEAR_THE_END = 48;

/** The rules, ticked off while typing. */
export function PasswordHints({ password }: { password: string }) {
  const { bytes, isLongEnough, isShortEnough } = checkPassword(password);
  return (
    <span className="grid gap-0.5" aria-live="polite">
      <Rule state={isLongEnough ? "met" : "open"}>
        At least {passwordRules.leastCharacters} characters
      </Rule>
      {bytes > NEAR_THE_END && (
        <Rule state={isShortEnough ? "met" : "broken"}>
          At most {passwordRules.mostBytes} bytes{" "}
          <span className="tabular-nums">({bytes} now)</span>
        </Rule>
      )}
    </span>
  );
}

function Rule({ state, children }: { state: "open" | "met" | "broken"; children: ReactNode }) {
  const Icon = { open: Circle, met: Check, broken: X }[state];
  const tone = { open: "text-muted", met: "text-success-ink", broken: "text-danger-ink" }[state];
  return (
    <span className={`flex items-center gap-1.5 ${tone}`}>
      <Icon size={12} strokeWidth={state === "open" ? 1.5 : 2.5} aria-hidden="true" />
      <span>{children}</span>
    </span>
  );
}
