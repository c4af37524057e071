import { formatList } from "@/lib/locale.ts";
import { useOthersAt } from "./use-presence.ts";

/** "Ben is typing…", of a comment on this task or in this thread. It has its room also while nobody does. */
export function TypingLine({ id }: { id: string }) {
  const people = useOthersAt("typing", id);
  const names = people.map(({ name }) => name);
  return (
    <p role="status" className="h-4 truncate pt-0.5 text-12 text-muted leading-4">
      {names.length > 0 && `${formatList(names)} ${names.length === 1 ? "is" : "are"} typing…`}
    </p>
  );
}
