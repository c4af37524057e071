import { Search } from "lucide-react";
import { useEffect, useState } from "react";
import { useAddressParams } from "@/lib/use-address-params.ts";
import { Select } from "@/ui/controls/select.tsx";
import { TextField } from "@/ui/controls/text-field.tsx";

type Option<Value extends string> = { value: Value; label: string };

const names = ["q", "show", "order"] as const;
const PAUSE_MS = 150;

/** What is looked for in a list, kept in the address; of what it doesn't name the first holds. */
export function useListAddress<Show extends string, Order extends string>(
  shows: readonly [Option<Show>, ...Option<Show>[]],
  orders: readonly [Option<Order>, ...Option<Order>[]],
) {
  const [{ q, show, order }, change] = useAddressParams(names);
  const shown = shows.find(({ value }) => value === show) ?? shows[0];
  const ordered = orders.find(({ value }) => value === order) ?? orders[0];
  return {
    asked: { text: q ?? "", show: shown.value, order: ordered.value },
    search: (text: string) => change({ q: text.trim() || null }, "replace"),
    choose: (patch: { show?: Show; order?: Order }) => change(patch),
  };
}

type Props<Show extends string, Order extends string> = {
  /** "Search accounts" */
  label: string;
  placeholder: string;
  shows: readonly Option<Show>[];
  orders: readonly Option<Order>[];
  list: {
    asked: { text: string; show: Show; order: Order };
    search: (text: string) => void;
    choose: (patch: { show?: Show; order?: Order }) => void;
  };
};

export function ListControls<Show extends string, Order extends string>({
  label,
  placeholder,
  shows,
  orders,
  list: { asked, search, choose },
}: Props<Show, Order>) {
  return (
    <div className="mb-3 flex flex-wrap gap-2">
      <div className="min-w-48 flex-1">
        <SearchField label={label} placeholder={placeholder} text={asked.text} onSearch={search} />
      </div>
      <Select
        label="Show"
        value={asked.show}
        options={shows}
        onValueChange={(show) => choose({ show })}
      />
      <Select
        label="Order"
        value={asked.order}
        options={orders}
        onValueChange={(order) => choose({ order })}
      />
    </div>
  );
}

type FieldProps = {
  label: string;
  placeholder: string;
  text: string;
  onSearch: (text: string) => void;
};

/** Asks once one pauses; what Back brings is shown in it. */
function SearchField({ label, placeholder, text, onSearch }: FieldProps) {
  const [typed, setTyped] = useState(text);
  const [last, setLast] = useState(text);
  if (text !== last) {
    setLast(text);
    if (text !== typed.trim()) setTyped(text);
  }
  useEffect(() => {
    if (typed.trim() === text) return;
    const timer = setTimeout(() => onSearch(typed), PAUSE_MS);
    return () => clearTimeout(timer);
  });
  return (
    <TextField
      label={label}
      hideLabel
      type="search"
      placeholder={placeholder}
      icon={<Search size={14} />}
      maxLength={200}
      value={typed}
      onValueChange={setTyped}
    />
  );
}
