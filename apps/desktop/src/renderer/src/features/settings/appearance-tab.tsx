import { SegmentedControl } from "@/ui/controls/segmented-control.tsx";
import { Section } from "@/ui/layout/section.tsx";
import { setTheme, useTheme } from "@/ui/theme/theme.ts";
import { themes } from "@/ui/theme/theme-icon.tsx";

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
