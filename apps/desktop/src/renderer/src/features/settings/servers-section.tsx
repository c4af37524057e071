import { useEffect, useState } from "react";
import { useServers } from "@/entities/servers/use-servers.ts";
import { platform } from "@/platform/platform.ts";
import type { ServerProfile } from "@/platform/servers.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import { Button } from "@/ui/controls/button.tsx";
import { Switch } from "@/ui/controls/switch.tsx";
import { TextField } from "@/ui/controls/text-field.tsx";
import { AlertDialog } from "@/ui/dialogs/alert-dialog.tsx";
import { Rows, Section } from "@/ui/layout/section.tsx";
import { MoveToServer } from "./desktop/move-to-server.tsx";

/** The servers and accounts of the desktop app. A web page belongs to the server that it came from. */
export default function ServersSection() {
  const shell = platform.servers;
  const servers = useServers();
  const [removing, setRemoving] = useState<ServerProfile | null>(null);
  if (!shell || servers.length === 0) return null;

  return (
    <>
      <MoveToServer />
      <Section
        title="Servers"
        lead="Each server, and each account on one, keeps everything apart from the others."
        command={
          <Button
            onClick={() => void shell.addProfile().catch(reportFailure("Couldn't add a server"))}
          >
            Add a server
          </Button>
        }
      >
        <Rows label="Servers">
          {servers.map((server) => (
            <ServerRow key={server.id} server={server} onRemove={() => setRemoving(server)} />
          ))}
        </Rows>
        <PlainTokens />
        <AlertDialog
          open={removing !== null}
          onOpenChange={() => setRemoving(null)}
          title={`Remove ${removing?.label}?`}
          confirmLabel="Remove server"
          onConfirm={() => {
            if (!removing) return;
            setRemoving(null);
            void shell
              .removeProfile(removing.id)
              .catch(reportFailure("Couldn't remove the server"));
          }}
        >
          <p>
            You're signed out of it here, and everything this app has stored of it is deleted:{" "}
            <strong>changes that aren't sent yet are lost</strong>, and so is what you kept offline.
          </p>
          <p className="mt-2">What's on the server stays there. You can add it again any time.</p>
        </AlertDialog>
      </Section>
    </>
  );
}

function ServerRow({ server, onRemove }: { server: ServerProfile; onRemove: () => void }) {
  const { id, label, serverUrl, isOwn, isSignedIn, certificate } = server;
  const [name, setName] = useState<string | null>(null);
  const shell = platform.servers;

  function rename() {
    const typed = name;
    setName(null);
    if (typed === null || typed.trim() === label) return;
    void shell
      ?.renameProfile({ id, name: typed.trim() })
      .catch(reportFailure("Couldn't rename the server"));
  }

  return (
    <li className="grid gap-2 px-3 py-2.5">
      <div className="flex flex-wrap items-center gap-2">
        <div className="min-w-0 flex-1 basis-48">
          {name === null ? (
            <p className="truncate font-medium text-13">{label}</p>
          ) : (
            <form
              onSubmit={(event) => {
                event.preventDefault();
                rename();
              }}
            >
              <TextField
                label={`Rename ${label}`}
                hideLabel
                autoFocus
                maxLength={60}
                value={name}
                onValueChange={setName}
                onBlur={rename}
              />
            </form>
          )}
          <p className="truncate text-12 text-muted">
            {[
              serverUrl ?? "No address yet",
              isOwn ? "this window" : isSignedIn ? "signed in" : "signed out",
            ].join(" · ")}
          </p>
        </div>
        {!isOwn && (
          <Button
            size="small"
            onClick={() =>
              void shell?.switchProfile(id).catch(reportFailure("Couldn't switch servers"))
            }
          >
            Switch
          </Button>
        )}
        <Button size="small" onClick={() => setName(label)}>
          Rename
        </Button>
        <Button size="small" variant="danger" onClick={onRemove}>
          Remove
        </Button>
      </div>
      {certificate && <TrustedCertificate id={id} certificate={certificate} />}
    </li>
  );
}

type Trusted = { id: string; certificate: NonNullable<ServerProfile["certificate"]> };

function TrustedCertificate({ id, certificate }: Trusted) {
  const take = () =>
    void platform.servers
      ?.distrustCertificate(id)
      .catch(reportFailure("Couldn't stop trusting the certificate"));
  return (
    <div className="rounded-control border px-2.5 py-2 text-12 text-muted">
      <p>You trust a certificate of {certificate.host} that no authority vouches for. SHA-256:</p>
      <p className="break-all font-mono leading-5">
        {(certificate.fingerprint.match(/../g) ?? []).join(" ").toUpperCase()}
      </p>
      <div className="mt-1.5">
        <Button size="small" onClick={take}>
          Stop trusting it
        </Button>
      </div>
    </div>
  );
}

/** Only on computers that can't encrypt what is stored. */
function PlainTokens() {
  const [isOn, setOn] = useState<boolean | null>(null);
  useEffect(() => {
    void platform.servers?.storesTokensInPlain().then(setOn);
  }, []);
  if (isOn === null) return null;
  return (
    <div className="mt-4">
      <Switch
        label="Stay signed in without encryption"
        hint="This computer has no keyring, so a stored sign-in could be used by any program that can read your files. Turned off, you sign in again each time the app starts."
        checked={isOn}
        onCheckedChange={(may) => {
          setOn(may);
          void platform.servers
            ?.setStoresTokensInPlain(may)
            .catch(reportFailure("Couldn't change that"));
        }}
      />
    </div>
  );
}
