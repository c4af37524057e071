import { type FormEvent, lazy, Suspense, useState } from "react";
import { PictureField } from "@/entities/pictures/picture-field.tsx";
import { ConfirmAddress } from "@/entities/session/confirm-address.tsx";
import { useSignOut } from "@/entities/session/use-sign-out.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { platform } from "@/platform/platform.ts";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { useMe } from "@/sync/use-sync-client.ts";
import { Button } from "@/ui/controls/button.tsx";
import { TextField } from "@/ui/controls/text-field.tsx";
import { Section } from "@/ui/layout/section.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import { Avatar } from "@/ui/people/avatar.tsx";
import { AddressSection } from "./address-section.tsx";
import { PasswordSection } from "./password-section.tsx";

const CloseAccountSection = lazy(() => import("./close-account-section.tsx"));
const ServersSection = lazy(() => import("./servers-section.tsx"));
const OwnDataSection = lazy(() => import("./archives/own-data-section.tsx"));

export function AccountTab() {
  const signOut = useSignOut();
  return (
    <>
      <Profile />
      <AddressSection />
      <PasswordSection />
      {platform.servers && (
        <Suspense fallback={null}>
          <ServersSection />
        </Suspense>
      )}
      <Section title="Sign out" lead="Your account's data on this computer will be removed.">
        <Button onClick={signOut}>Sign out</Button>
      </Section>
      <Suspense fallback={null}>
        <OwnDataSection />
        <CloseAccountSection />
      </Suspense>
    </>
  );
}

function Profile() {
  const me = useMe();
  const { members } = useWorkspace();
  const cache = trpc.useUtils();
  // The feed tells of a new name, also of one given on another device.
  const member = members.find(({ userId }) => userId === me.id);
  const current = member?.name ?? me.name;
  const [typed, setTyped] = useState<string | null>(null);
  const removePicture = trpc.pictures.removeMine.useMutation();
  const update = trpc.auth.updateProfile.useMutation({
    onSuccess: (answer) => {
      cache.auth.me.setData(undefined, answer);
      setTyped(null);
      notify({ title: "Name saved" });
    },
  });
  const name = typed ?? current;

  function submit(event: FormEvent) {
    event.preventDefault();
    update.mutate({ name: name.trim() });
  }

  return (
    <Section title="Profile" lead="How others see you in every workspace.">
      <div className="mb-5">
        <PictureField
          kind="people"
          id={me.id}
          picture={<Avatar person={{ id: me.id, name }} size={64} decorative />}
          hasPicture={Boolean(member?.pictureKey)}
          onRemove={() => removePicture.mutateAsync({})}
        />
      </div>
      <form onSubmit={submit} className="max-w-[440px]">
        <div className="grid gap-3">
          <TextField
            label="Name"
            required
            maxLength={100}
            autoComplete="name"
            value={name}
            onValueChange={setTyped}
            error={update.error && formatError(update.error)}
            hint={me.email}
          />
          <ConfirmAddress />
          <div>
            <Button
              type="submit"
              variant="primary"
              busy={update.isPending}
              disabled={!name.trim() || name.trim() === current}
            >
              Save
            </Button>
          </div>
        </div>
      </form>
    </Section>
  );
}
