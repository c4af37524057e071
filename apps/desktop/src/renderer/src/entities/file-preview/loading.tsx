import { Spinner } from "@/ui/layout/spinner.tsx";

export function Loading() {
  return (
    <div className="grid flex-1 place-items-center">
      <Spinner />
    </div>
  );
}
