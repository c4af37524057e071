import { keyNames } from "./key-names.ts";
import { isMac } from "./use-shortcut.ts";

type Props = {
  /** As in the registry: "mod+k", "g b". */
  keys: string;
  /** "plain" in menus, where a frame around each key would be noise. */
  variant?: "framed" | "plain";
};

export function Kbd({ keys, variant = "framed" }: Props) {
  const strokes = keyNames(keys, isMac);
  const frame =
    variant === "framed"
      ? "min-w-5 rounded-[4px] border border-line-strong bg-inset px-1 text-muted"
      : "text-faint";
  return (
    <span className="inline-flex shrink-0 items-center gap-1 text-12">
      {strokes.map((stroke, index) => (
        <span key={index} className="inline-flex items-center gap-1">
          {index > 0 && <span className="text-faint">then</span>}
          <kbd className={`text-center font-sans leading-[18px] ${frame}`}>
            {stroke.join(isMac ? "" : "+")}
          </kbd>
        </span>
      ))}
    </span>
  );
}
