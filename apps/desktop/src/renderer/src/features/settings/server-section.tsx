import { useEffect, useState } from "react";
import { useSignOut } from "@/entities/session/use-sign-out.ts";
import { platform } from "@/platform/platform.ts";
import { Button } from "@/ui/controls/button.tsx";
import { TextField } from "@/ui/controls/text-field.tsx";
import { Section } from "@/ui/layout/section.tsx";

/** Where the desktop app's server is. A web page belongs to the server that it came from. */
export function ServerSection() {
  const signOut = useSignOut();
  const [address, setAddress] = useState("");
  const [current, setCurrent] = useState("");
  const [error, setError] = useState<string | null>(null);

  useEffect(() => {
    platform.getServerUrl().then((url) => {
      setCurrent(url ?? "");
      setAddress(url ?? "");
    });
  }, []);

  if (!platform.setServerUrl) return null;

  async function change() {
    try {
      await platform.setServerUrl?.(address);
      // A session is good for one server only.
      await signOut();
    } catch (refusal) {
      setError(refusal instanceof Error ? refusal.message : String(refusal));
    }
  }

  return (
    <Section
      title="Server"
      lead="The address of your team's Guildhall. Changing it signs you out on this computer."
    >
      <div className="grid max-w-[520px] gap-3">
        <TextField
          label="Server address"
          inputMode="url"
          spellCheck={false}
          value={address}
          onValueChange={setAddress}
          error={error}
        />
        <div>
          <Button onClick={change} disabled={!address.trim() || address.trim() === current}>
            Change and sign out
          </Button>
        </div>
      </div>
    </Section>
  );
}
