import { use, useState } from "react";
import { cx } from "@/ui/format/cx.ts";
import { avatarHue, initials } from "@/ui/theme/avatar-colors.ts";
import { GroupIcon } from "./group-icon.tsx";
import { PicturesContext } from "./pictures-context.ts";

export type Person = {
  id: string;
  name: string;
  /** Of a group of people, which stands wherever one of them may. */
  group?: { color: string | null };
};

type Props = {
  person: Person;
  size?: 16 | 20 | 24 | 32 | 48 | 64;
  /** Here now: a green dot. */
  online?: boolean;
  /** True where the name stands beside it, so that it is not read twice. */
  decorative?: boolean;
};

export function Avatar({ person, size = 20, online = false, decorative = false }: Props) {
  const picture = use(PicturesContext).get(person.id);
  /** One that can't be had, as without a connection: then initials stand there. */
  const [broken, setBroken] = useState<string | null>(null);
  const label = online ? `${person.name}, online` : person.name;
  return (
    <span
      className="relative inline-block shrink-0 rounded-full"
      style={{ width: size, height: size }}
      {...(decorative ? { "aria-hidden": true } : { role: "img", "aria-label": label })}
    >
      {person.group ? (
        <GroupIcon color={person.group.color} size={size} />
      ) : picture && picture !== broken ? (
        <img
          src={picture}
          alt=""
          draggable={false}
          decoding="async"
          onError={() => setBroken(picture)}
          className="size-full rounded-full bg-inset object-cover"
        />
      ) : (
        <span
          // Drawn, not written: they are no part of what is read or copied.
          data-initials={initials(person.name, size < 20 ? 1 : 2)}
          className="grid size-full place-items-center rounded-full font-semibold text-on-accent leading-none tracking-tight before:content-[attr(data-initials)]"
          // Lightness 0.5 keeps white initials above 4.5 : 1 for every hue, in both themes.
          style={{
            background: `oklch(0.5 0.105 ${avatarHue(person.id)})`,
            fontSize: Math.max(8, Math.round(size * 0.42)),
          }}
        />
      )}
      {online && (
        <span
          className={cx(
            "absolute right-[-1px] bottom-[-1px] rounded-full bg-completed ring-2 ring-(--dot-ring,var(--surface))",
            size < 24 ? "size-1.5" : "size-2",
          )}
        />
      )}
    </span>
  );
}
