import { useMemo } from "react";
import { encode } from "uqr";

type Props = { text: string; size: number; label: string };

/** Drawn here: what is in it goes to nobody. Black on white in both themes, as cameras read it best. */
export default function QrCode({ text, size, label }: Props) {
  const { modules, path } = useMemo(() => draw(text), [text]);
  return (
    <svg
      role="img"
      aria-label={label}
      width={size}
      height={size}
      viewBox={`0 0 ${modules} ${modules}`}
      shapeRendering="crispEdges"
      className="rounded-control bg-white"
    >
      <path d={path} fill="#000" />
    </svg>
  );
}

function draw(text: string) {
  const { data, size } = encode(text, { ecc: "M", border: 3 });
  const path = data.flatMap((row, y) =>
    row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : "")),
  );
  return { modules: size, path: path.join("") };
}
