import { propertyViews } from "@/entities/tasks/properties/property-views.tsx";
import type { Group } from "@/features/project-view/query/group-tasks.ts";
import { useView } from "@/features/project-view/view/view-context.ts";

export function GroupIcon({ group: { of, id } }: { group: Group }) {
  const { names } = useView();
  return of && propertyViews[of].grouping?.icon(id, names);
}
