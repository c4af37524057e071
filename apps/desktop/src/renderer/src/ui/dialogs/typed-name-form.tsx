import { type FormEvent, type ReactNode, useState } from "react";
import { Button } from "@/ui/controls/button.tsx";
import { TextField } from "@/ui/controls/text-field.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";

type Props = {
  name: string;
  /** What the button says: "Delete project". */
  command: string;
  busy: boolean;
  /** Of the last try: what wasn't done, and why. */
  problem: { title: string; text: string } | null;
  onSubmit: (typed: string) => void;
  /** What it does to whom, and until when it can be taken back. */
  children: ReactNode;
};

/** For what reaches everybody at once: its name has to be typed. */
export function TypedNameForm({ name, command, busy, problem, onSubmit, children }: Props) {
  const [typed, setTyped] = useState("");
  function submit(event: FormEvent) {
    event.preventDefault();
    onSubmit(typed);
  }
  return (
    <form onSubmit={submit} className="grid gap-4">
      {problem && <ErrorNotice title={problem.title}>{problem.text}</ErrorNotice>}
      <p className="text-13 text-muted leading-5">{children}</p>
      <TextField
        label={`Type “${name}” to confirm`}
        autoComplete="off"
        required
        value={typed}
        onValueChange={setTyped}
      />
      <div className="flex justify-end">
        <Button type="submit" variant="danger" busy={busy} disabled={typed.trim() !== name.trim()}>
          {command}
        </Button>
      </div>
    </form>
  );
}
