import About from "@/entities/about/about.tsx";
import { trpc } from "@/sync/trpc.ts";
import { Rows, Section } from "@/ui/layout/section.tsx";

/** With the versions of what it stands on, which are for administrators. */
export function AboutTab() {
  const { data } = trpc.instance.health.useQuery(undefined, { staleTime: 60_000 });
  const parts = data && [
    ["Node.js", data.node.replace(/^v/, "")],
    ["PostgreSQL", data.parts.database.version ?? "doesn't answer"],
    ["Redis", data.parts.bus.version ?? data.parts.bus.says],
    ["File storage", data.parts.store.says],
    ["Search", data.parts.search.version ?? data.parts.search.says],
  ];
  return (
    <About>
      {parts && (
        <Section title="What it runs on">
          <Rows label="Versions">
            {parts.map(([name, version]) => (
              <li key={name} className="flex flex-wrap justify-between gap-x-4 px-3 py-2 text-13">
                <span>{name}</span>
                <span className="text-muted [overflow-wrap:anywhere]">{version}</span>
              </li>
            ))}
          </Rows>
        </Section>
      )}
    </About>
  );
}
