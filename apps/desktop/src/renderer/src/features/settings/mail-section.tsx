import type { RouterOutputs } from "@guildhall/api/client";
import { ConfirmAddress } from "@/entities/session/confirm-address.tsx";
import { formatDate } from "@/lib/locale.ts";
import { Select } from "@/ui/controls/select.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { Section } from "@/ui/layout/section.tsx";

type Mail = RouterOutputs["notifications"]["settings"]["mail"];
type Change = { mailRhythm?: Mail["rhythm"]; digestHour?: number; retryMail?: true };
type Props = { mail: Mail; onChange: (change: Change) => void };

const rhythms: { value: Mail["rhythm"]; label: string }[] = [
  { value: "soon", label: "A few minutes after something happens" },
  { value: "daily", label: "Once a day" },
  { value: "weekly", label: "Once a week, on Mondays" },
];

const hours = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: formatDate(new Date(2000, 0, 1, hour), { timeStyle: "short" }),
}));

/** When one is told by mail of what one has not read, and what stands in the way of it. */
export function MailSection({ mail, onChange }: Props) {
  const { problem, rhythm, digestHour } = mail;
  if (problem?.reason === "no_server") {
    return <Section title="Email" lead="This server doesn't send email." {...{ children: null }} />;
  }
  return (
    <Section title="Email" lead="Only what you haven't read yet, in one email.">
      <div className="grid gap-3">
        {problem?.reason === "unconfirmed" && (
          <div>
            <p className="text-13">You get no emails until you confirm your address.</p>
            <ConfirmAddress />
          </div>
        )}
        {problem?.reason === "refused" && (
          <ErrorNotice
            title="Your address was refused, so you get no emails"
            onRetry={() => onChange({ retryMail: true })}
          >
            The mail server said: {problem.said}
          </ErrorNotice>
        )}
        <div className="flex flex-wrap gap-3">
          <Select
            label="How often"
            value={rhythm}
            onValueChange={(mailRhythm) => onChange({ mailRhythm })}
            options={rhythms}
          />
          {rhythm !== "soon" && (
            <Select
              label="At"
              value={String(digestHour)}
              onValueChange={(hour) => onChange({ digestHour: Number(hour) })}
              options={hours}
            />
          )}
        </div>
      </div>
    </Section>
  );
}
