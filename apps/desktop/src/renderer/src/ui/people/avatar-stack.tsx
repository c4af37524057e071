import { Avatar, type Person } from "./avatar.tsx";

type Props = {
  people: readonly Person[];
  /** Beyond it: "+2". */
  most?: number;
  size?: 16 | 20 | 24;
};

export function AvatarStack({ people, most = 3, size = 20 }: Props) {
  if (people.length === 0) return null;
  // "+1" would take the room of the one face it stands for.
  const shown = people.length > most + 1 ? people.slice(0, most) : people.slice(0, most + 1);
  const rest = people.length - shown.length;
  return (
    <span
      role="img"
      aria-label={people.map((person) => person.name).join(", ")}
      className="flex items-center"
    >
      {shown.map((person, index) => (
        <span
          key={person.id}
          className="flex rounded-full ring-2 ring-(--stack-ring,var(--card))"
          style={{ marginLeft: index === 0 ? 0 : -5 }}
        >
          <Avatar person={person} size={size} decorative />
        </span>
      ))}
      {rest > 0 && (
        <span
          data-rest={`+${rest}`}
          className="ml-1 text-12 text-muted tabular-nums before:content-[attr(data-rest)]"
        />
      )}
    </span>
  );
}
