/** The shape of what is coming, on a first load only. Sized by its place. */
export function Skeleton({ width, height = 12 }: { width: number | string; height?: number }) {
  return (
    <span
      aria-hidden="true"
      className="block animate-pulse rounded-[4px] bg-active"
      style={{ width, height }}
    />
  );
}
