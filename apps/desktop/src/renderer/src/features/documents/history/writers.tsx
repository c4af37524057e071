import { useNameOf } from "@/entities/people/people.ts";
import { AvatarStack } from "@/ui/people/avatar-stack.tsx";

/** Who wrote, as faces and names. */
export function Writers({ ids }: { ids: readonly string[] }) {
  const nameOf = useNameOf();
  if (ids.length === 0) return null;
  const people = ids.map((id) => ({ id, name: nameOf(id) }));
  const [first, second] = people;
  const rest = people.length - 2;
  const names = [first?.name, second?.name].filter(Boolean).join(", ");
  return (
    <span className="mt-1 flex min-w-0 items-center gap-1.5 text-12 text-muted">
      <span aria-hidden="true">
        <AvatarStack people={people} size={16} most={2} />
      </span>
      <span className="truncate">{rest > 0 ? `${names} and ${rest} more` : names}</span>
    </span>
  );
}
