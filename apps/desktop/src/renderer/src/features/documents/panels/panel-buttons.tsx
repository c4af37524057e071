import type { PanelName } from "@/features/documents/context/use-panel.ts";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { useShortcut } from "@/ui/shortcuts/use-shortcut.ts";
import { type Panel, panels } from "./panels.tsx";

type Props = { open: PanelName | null; onOpen: (panel: PanelName | null) => void };

/** One for each panel, in the header. */
export function PanelButtons({ open, onOpen }: Props) {
  return panels.map((panel) => (
    <PanelButton
      key={panel.name}
      {...panel}
      isOpen={open === panel.name}
      onToggle={() => onOpen(open === panel.name ? null : panel.name)}
    />
  ));
}

type ButtonProps = Panel & { isOpen: boolean; onToggle: () => void };

function PanelButton({ label, icon, keys, isOpen, onToggle }: ButtonProps) {
  useShortcut({ keys: keys ?? null, label, group: "Document", whileTyping: true }, onToggle);
  return <IconButton label={label} keys={keys} icon={icon} pressed={isOpen} onClick={onToggle} />;
}
