import type { ReactNode } from "react";
import { trpc } from "@/sync/trpc.ts";
import { CopyField } from "@/ui/controls/copy-field.tsx";
import { Section } from "@/ui/layout/section.tsx";
import { RelativeTime } from "@/ui/text/relative-time.tsx";
import { AppVersion } from "../updates/app-version.tsx";
import { Licenses } from "./licenses.tsx";

/** Which version this is, and whose work is in it; `children`: what else is said of it. */
export default function About({ children }: { children?: ReactNode }) {
  const { data } = trpc.about.version.useQuery();
  return (
    <>
      <Section
        title="Guildhall"
        lead="A workspace for teams, on a server of your own. MIT license."
      >
        {data && (
          <div className="grid gap-3">
            <p className="text-13">
              Version {data.version}
              {data.builtAt && (
                <>
                  , built <RelativeTime at={data.builtAt} />
                </>
              )}
              {!data.commit && ". Which commit it was built from isn't known."}
            </p>
            {data.commit && (
              <div className="max-w-[460px]">
                <CopyField label="Commit" value={data.commit} />
              </div>
            )}
          </div>
        )}
      </Section>
      <AppVersion />
      {children}
      <Licenses />
    </>
  );
}
