import { useState } from "react";
import { goToProvider } from "@/entities/session/go-to-provider.ts";
import { platform } from "@/platform/platform.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";

/** The identity providers through which one can sign in here, below a form; `to`: where one goes on then. */
export function ProviderButtons({ to }: { to: string }) {
  const { data } = trpc.providers.list.useQuery();
  const [chosen, setChosen] = useState<string | null>(null);
  // The window of the desktop app has no way back from a provider's page.
  if (platform.kind !== "web" || !data || data.length === 0) return null;
  return (
    <div className="mt-4 grid gap-2">
      <p className="flex items-center gap-3 text-12 text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        or
      </p>
      {data.map(({ id, name }) => (
        <Button
          key={id}
          size="large"
          wide
          busy={chosen === id}
          onClick={() => {
            setChosen(id);
            void goToProvider(id, to);
          }}
        >
          Continue with {name}
        </Button>
      ))}
    </div>
  );
}
