import { themes } from "@/features/shell/themes.tsx";
import { Section } from "@/ui/section.tsx";
import { SegmentedControl } from "@/ui/segmented-control.tsx";
import { setTheme, useTheme } from "@/ui/theme.ts";

const segments = themes.map(({ theme, label, icon }) => ({ value: theme, label, icon }));

export function AppearanceTab() {
  const theme = useTheme();
  return (
    <Section title="Appearance" lead="Applies to this computer only.">
      <SegmentedControl
        label="Appearance"
        value={theme}
        segments={segments}
        onValueChange={setTheme}
      />
    </Section>
  );
}
