import type { RouterOutputs } from "@guildhall/api/client";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { hasPasskeys, makePasskey } from "@/entities/session/passkey.ts";
import { useConfirmed } from "@/entities/session/use-confirmed.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import { Button } from "@/ui/controls/button.tsx";
import { Badge } from "@/ui/icons/badge.tsx";
import { Rows, Section } from "@/ui/layout/section.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import { FactorRow } from "./factor-row.tsx";
import { NamePasskeyDialog } from "./name-passkey-dialog.tsx";

type Passkey = RouterOutputs["factors"]["list"]["passkeys"][number];
type Changed = { recoveryCodes: string[] | null };
type Props = { passkeys: readonly Passkey[]; onChanged: (answer: Changed) => void };

export function PasskeysSection({ passkeys, onChanged }: Props) {
  const [renaming, setRenaming] = useState<Passkey | null>(null);
  const add = useConfirmed(
    async ({ factors }) => {
      const made = await makePasskey(await factors.beginPasskey.mutate({}));
      return made && factors.addPasskey.mutate({ ...made, name: nameFor(passkeys) });
    },
    {
      onSuccess: (answer) => {
        if (!answer) return;
        onChanged(answer);
        notify({ title: "Passkey added", description: "You can sign in with it from now on." });
      },
      onError: reportFailure("Couldn't add a passkey"),
    },
  );
  const remove = useConfirmed(({ factors }, id: string) => factors.removePasskey.mutate({ id }), {
    onSuccess: (answer) => {
      onChanged(answer);
      notify({ title: "Passkey removed", description: "It no longer signs you in." });
    },
    onError: reportFailure("Couldn't remove the passkey"),
  });
  return (
    <Section
      title="Passkeys"
      lead="Sign in with your fingerprint, face, screen lock or a security key, instead of your password or after it."
      command={
        hasPasskeys() && (
          <Button busy={add.isPending} onClick={() => add.mutate()}>
            Add a passkey
          </Button>
        )
      }
    >
      {passkeys.length > 0 && (
        <Rows label="Passkeys">
          {passkeys.map((passkey) => (
            <FactorRow
              key={passkey.id}
              icon={<KeyRound size={16} />}
              {...passkey}
              badge={<Badge>{passkey.isSynced ? "Synced" : "This device only"}</Badge>}
              onRemove={() => remove.mutate(passkey.id)}
              isRemoving={remove.isPending && remove.variables === passkey.id}
              commands={
                <Button
                  variant="ghost"
                  onClick={() => setRenaming(passkey)}
                  aria-label={`Rename ${passkey.name}`}
                >
                  Rename
                </Button>
              }
            />
          ))}
        </Rows>
      )}
      {renaming && (
        <NamePasskeyDialog
          passkey={renaming}
          onClose={() => setRenaming(null)}
          onRenamed={() => {
            setRenaming(null);
            onChanged({ recoveryCodes: null });
          }}
        />
      )}
    </Section>
  );
}

/** "Passkey 2": to be renamed by who has several. */
const nameFor = (passkeys: readonly Passkey[]) => {
  const names = new Set(passkeys.map(({ name }) => name));
  for (let n = 1; ; n++) {
    const name = n === 1 ? "Passkey" : `Passkey ${n}`;
    if (!names.has(name)) return name;
  }
};
