import { useState } from "react";
import { avatarHue, initials } from "@/ui/theme/avatar-colors.ts";
import { usePictures } from "./use-pictures.ts";

type Props = {
  workspace: { id: string; name: string; pictureKey?: string | null };
  size: 16 | 20 | 64;
};

/** Its picture, or its first letter; its name stands beside it. */
export function WorkspaceMark({ workspace, size }: Props) {
  const { id, name } = workspace;
  const picture = usePictures("workspaces", [workspace]).get(id);
  const [broken, setBroken] = useState<string | null>(null);
  const shape = size > 20 ? "rounded-panel" : "rounded-[5px]";
  return (
    <span
      aria-hidden="true"
      className="inline-block shrink-0"
      style={{ width: size, height: size }}
    >
      {picture && picture !== broken ? (
        <img
          src={picture}
          alt=""
          draggable={false}
          onError={() => setBroken(picture)}
          className={`size-full bg-inset object-cover ${shape}`}
        />
      ) : (
        <span
          data-initials={initials(name, 1)}
          className={`grid size-full place-items-center font-semibold text-on-accent leading-none before:content-[attr(data-initials)] ${shape}`}
          style={{
            background: `oklch(0.5 0.105 ${avatarHue(id)})`,
            fontSize: Math.max(9, Math.round(size * 0.5)),
          }}
        />
      )}
    </span>
  );
}
