import { UsersRound } from "lucide-react";
import { paletteColor } from "@/ui/theme/palette.ts";

type Props = { color: string | null; size?: 16 | 20 | 24 | 32 | 48 | 64 };

/** Stands where people have their picture; its name stands beside it. */
export const GroupIcon = ({ color, size = 24 }: Props) => (
  <span
    aria-hidden="true"
    className="grid shrink-0 place-items-center rounded-full bg-active text-muted"
    style={{ width: size, height: size, ...(color && { color: paletteColor(color) }) }}
  >
    <UsersRound size={Math.round(size * 0.58)} />
  </span>
);
