import { formatLanguage } from "@/lib/locale.ts";
import type { Desktop } from "@/platform/platform.ts";
import { Checkbox } from "@/ui/controls/checkbox.tsx";
import { SegmentedControl } from "@/ui/controls/segmented-control.tsx";
import { Section } from "@/ui/layout/section.tsx";

type State = Awaited<ReturnType<Desktop["getDesktop"]>>;
type Props = {
  state: State;
  set: (changes: { spellLanguages: string[] | null }) => void;
};

/** In which languages spelling is checked: the system's, one's own choice of them, or none. */
export function SpellLanguages({ state, set }: Props) {
  const { settings, availableSpellLanguages: available, spellLanguages: used } = state;
  const chosen = settings.spellLanguages;
  const mode = chosen === null ? "system" : chosen.length === 0 ? "off" : "own";
  const first = used[0] ?? available[0];
  return (
    <Section title="Spelling" lead={leadOf(mode, used, available.length > 0)}>
      <div className="grid gap-4">
        <SegmentedControl
          label="Spelling"
          value={mode}
          segments={[
            { value: "system", label: "System languages" },
            ...(first ? [{ value: "own" as const, label: "Choose languages" }] : []),
            { value: "off", label: "Off" },
          ]}
          onValueChange={(next) => {
            if (next === "system") set({ spellLanguages: null });
            else
              set({
                spellLanguages: next === "off" || !first ? [] : used.length > 0 ? used : [first],
              });
          }}
        />
        {mode === "own" && (
          <fieldset className="grid max-h-64 gap-2 overflow-y-auto rounded-panel border p-3 sm:grid-cols-2">
            <legend className="sr-only">Languages</legend>
            {available.map((code) => (
              <Checkbox
                key={code}
                checked={used.includes(code)}
                onCheckedChange={(isOn) =>
                  set({ spellLanguages: isOn ? [...used, code] : used.filter((c) => c !== code) })
                }
              >
                {formatLanguage(code)}
              </Checkbox>
            ))}
          </fieldset>
        )}
      </div>
    </Section>
  );
}

function leadOf(mode: "system" | "own" | "off", used: readonly string[], hasOwn: boolean) {
  if (mode === "off") return "Spelling isn't checked.";
  if (!hasOwn) return "Checked by your computer, in its own languages.";
  if (used.length === 0) return "There's no dictionary for your computer's languages.";
  return `Checked in ${used.map(formatLanguage).join(", ")}.`;
}
