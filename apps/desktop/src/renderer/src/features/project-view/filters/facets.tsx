import { filterProperties } from "@/entities/tasks/properties/property-views.tsx";
import { useView } from "@/features/project-view/view/view-context.ts";
import { Facet } from "@/ui/controls/facet.tsx";

/** A picker for each property one may filter by; what is chosen stands on its button. */
export function Facets() {
  const { search, change, project, names } = useView();
  const parts = { labels: project.labels, people: [...names.people.values()] };
  return filterProperties.map(({ name, icon: Icon, filter }) => (
    <Facet
      key={name}
      name={filter.name}
      icon={<Icon size={13} />}
      note={filter.note}
      value={search.values[name] ?? []}
      options={filter.options(parts)}
      onValueChange={(chosen) => change({ values: { ...search.values, [name]: chosen } })}
    />
  ));
}
