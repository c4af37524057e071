import type { RouterOutputs } from "@guildhall/api/client";
import { type FormEvent, lazy, Suspense, useId, useState } from "react";
import { useConfirmed } from "@/entities/session/use-confirmed.ts";
import { formatError } from "@/sync/format-error.ts";
import { Button } from "@/ui/controls/button.tsx";
import { CopyField } from "@/ui/controls/copy-field.tsx";
import { TextField } from "@/ui/controls/text-field.tsx";
import { Dialog } from "@/ui/dialogs/dialog.tsx";
import { Skeleton } from "@/ui/layout/skeleton.tsx";

const QrCode = lazy(() => import("./qr-code.tsx"));

type Props = {
  setup: RouterOutputs["factors"]["beginApp"];
  onClose: () => void;
  onDone: (answer: RouterOutputs["factors"]["confirmApp"]) => void;
};

const QR_SIZE = 176;

export function SetUpAppDialog({ setup, onClose, onDone }: Props) {
  const form = useId();
  const [code, setCode] = useState("");
  const confirm = useConfirmed(
    (client, input: { ticket: string; code: string }) => client.factors.confirmApp.mutate(input),
    { onSuccess: onDone },
  );

  function submit(event: FormEvent) {
    event.preventDefault();
    confirm.mutate({ ticket: setup.ticket, code });
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="small"
      title="Set up an authenticator app"
      description="Scan this with an app such as Aegis, 2FAS, Google Authenticator or 1Password."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            busy={confirm.isPending}
            disabled={!code.trim()}
          >
            Turn on
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="grid gap-4">
        <div className="grid place-items-center">
          <Suspense fallback={<Skeleton width={QR_SIZE} height={QR_SIZE} />}>
            <QrCode text={setup.uri} size={QR_SIZE} label="QR code for your authenticator app" />
          </Suspense>
        </div>
        <CopyField label="Or enter this key" value={setup.secret} />
        <TextField
          label="Code that the app shows"
          autoComplete="one-time-code"
          inputMode="numeric"
          maxLength={10}
          value={code}
          onValueChange={(typed) => {
            setCode(typed);
            if (confirm.error) confirm.reset();
          }}
          error={confirm.error && formatError(confirm.error)}
        />
      </form>
    </Dialog>
  );
}
