import { Spinner } from "@/ui/icons/spinner.tsx";

export function Loading() {
  return (
    <div className="grid flex-1 place-items-center">
      <Spinner />
    </div>
  );
}
