import { useDeferredValue, useState } from "react";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { TextField } from "@/ui/controls/text-field.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { Section } from "@/ui/layout/section.tsx";
import { Skeleton } from "@/ui/layout/skeleton.tsx";

/** Of the software of others that ships with it, each with its text. */
export function Licenses() {
  const [text, setText] = useState("");
  const sought = useDeferredValue(text.trim().toLowerCase());
  const { data, error, refetch } = trpc.about.licenses.useQuery(undefined, {
    staleTime: Number.POSITIVE_INFINITY,
  });
  const found = data?.packages.filter(({ name, license }) =>
    `${name} ${license}`.toLowerCase().includes(sought),
  );
  return (
    <Section
      title="Open-source licenses"
      lead={
        data
          ? `Guildhall includes ${data.packages.length} packages of others. Thank you.`
          : undefined
      }
    >
      {error && (
        <ErrorNotice title="Couldn't load the licenses" onRetry={() => refetch()}>
          {formatError(error)}
        </ErrorNotice>
      )}
      {data === undefined && !error && <Skeleton width="100%" height={224} />}
      {data === null && (
        <p className="text-13 text-muted">
          This server runs from its sources: the list is made by npm run build.
        </p>
      )}
      {data && (
        <>
          <div className="mb-3">
            <TextField
              label="Search licenses"
              hideLabel
              type="search"
              placeholder="Package or license"
              value={text}
              onValueChange={setText}
            />
          </div>
          {found?.length === 0 && (
            <p className="py-6 text-center text-13 text-muted">No matching packages</p>
          )}
          <div className="divide-y rounded-panel border bg-surface empty:hidden">
            {found?.map(({ name, version, license, text: number }) => (
              <details key={`${name} ${version}`} className="px-3 py-2 text-13">
                <summary className="cursor-pointer [overflow-wrap:anywhere]">
                  <span className="font-medium">{name}</span> {version}{" "}
                  <span className="text-muted">{license}</span>
                </summary>
                <pre className="mt-2 overflow-x-auto whitespace-pre-wrap text-12 text-muted">
                  {number === null ? "The package brings no text of its own." : data.texts[number]}
                </pre>
              </details>
            ))}
          </div>
        </>
      )}
    </Section>
  );
}
