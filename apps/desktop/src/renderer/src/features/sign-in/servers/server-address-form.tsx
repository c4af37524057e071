import { type FormEvent, type ReactNode, useState } from "react";
import { Button } from "@/ui/controls/button.tsx";
import { TextField } from "@/ui/controls/text-field.tsx";
import { AuthFrame } from "@/ui/layout/auth-frame.tsx";

type Props = {
  /** What is stored, when it is being changed. */
  current?: string | null;
  onSubmit: (typed: string) => void;
  busy?: boolean;
  error?: string | null;
  /** Below the field: what is at that address, where it isn't what one needs. */
  problem?: ReactNode;
  /** What one can do instead. */
  otherwise?: ReactNode;
};

/** The desktop app's first question: where is your team's server? */
export function ServerAddressForm(props: Props) {
  const { current, onSubmit, busy, error, problem, otherwise } = props;
  const [address, setAddress] = useState(current ?? "");

  function submit(event: FormEvent) {
    event.preventDefault();
    onSubmit(address);
  }

  return (
    <AuthFrame title="Where is your Guildhall?">
      <form onSubmit={submit} className="grid gap-4" noValidate>
        <TextField
          label="Server address"
          size="large"
          inputMode="url"
          autoComplete="url"
          spellCheck={false}
          autoFocus
          placeholder="https://guildhall.example.org"
          hint="The address you'd open in a browser. You can add more servers later."
          error={error}
          value={address}
          onValueChange={setAddress}
        />
        {problem}
        <Button
          type="submit"
          variant="primary"
          size="large"
          wide
          busy={busy}
          disabled={!address.trim()}
        >
          Continue
        </Button>
      </form>
      {otherwise}
    </AuthFrame>
  );
}
