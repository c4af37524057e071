import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";
import { Globe, Lock } from "lucide-react";
import { useId } from "react";
import type { Project } from "@/entities/workspaces/workspace.ts";

export type Visibility = Project["visibility"];

const choices = [
  {
    value: "open",
    label: "Open",
    hint: "Every workspace member, with their workspace role.",
    Icon: Globe,
  },
  { value: "private", label: "Private", hint: "Only people you add.", Icon: Lock },
] as const;

type Props = {
  value: Visibility;
  onValueChange: (value: Visibility) => void;
  disabled?: boolean;
};

/** Who may see a project. */
export function VisibilityChoice({ value, onValueChange, disabled }: Props) {
  const id = useId();
  return (
    <div className="grid gap-1.5">
      <span id={id} className="font-medium text-13">
        Visibility
      </span>
      <RadioGroup<Visibility>
        aria-labelledby={id}
        value={value}
        onValueChange={(next) => onValueChange(next)}
        disabled={disabled}
        className="grid gap-2 sm:grid-cols-2"
      >
        {choices.map(({ value: each, label, hint, Icon }) => (
          <Radio.Root
            key={each}
            value={each}
            className="flex items-start gap-2.5 rounded-control border border-line-strong bg-surface p-2.5 text-left shadow-card transition-colors hover:border-faint/70 data-checked:border-accent data-checked:bg-accent-soft data-disabled:opacity-60"
          >
            <Icon size={15} className="mt-px shrink-0 text-muted" aria-hidden="true" />
            <span>
              <span className="block font-medium text-13">{label}</span>
              <span className="block text-12 text-muted">{hint}</span>
            </span>
          </Radio.Root>
        ))}
      </RadioGroup>
    </div>
  );
}
