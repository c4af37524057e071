import { Tabs as Base } from "@base-ui/react/tabs";
import { type ReactNode, useEffect, useRef } from "react";

type Tab<Value extends string> = { value: Value; label: string; count?: number; panel: ReactNode };

type Props<Value extends string> = {
  label: string;
  value: Value;
  onValueChange: (value: Value) => void;
  tabs: readonly Tab<Value>[];
};

export function Tabs<Value extends string>({ label, value, onValueChange, tabs }: Props<Value>) {
  const list = useRef<HTMLDivElement>(null);
  // On a narrow screen they are scrolled: the open one is in sight, also when the address named it.
  useEffect(() => {
    const all = list.current;
    if (!all) return;
    const open = all.querySelector(`[data-tab="${CSS.escape(value)}"]`);
    const width = new ResizeObserver(() =>
      open?.scrollIntoView({ block: "nearest", inline: "nearest" }),
    );
    width.observe(all);
    return () => width.disconnect();
  }, [value]);
  return (
    <Base.Root value={value} onValueChange={(next: Value) => onValueChange(next)}>
      <Base.List
        ref={list}
        aria-label={label}
        className="relative flex gap-1 overflow-x-auto border-b [scrollbar-width:none]"
      >
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            data-tab={tab.value}
            className="flex h-9 shrink-0 items-center whitespace-nowrap gap-1.5 rounded-control px-2.5 font-medium text-13 text-muted transition-colors hover:text-ink data-active:text-ink focus-visible:-outline-offset-2"
          >
            {tab.label}
            {tab.count !== undefined && (
              <span className="text-12 text-faint tabular-nums">{tab.count}</span>
            )}
          </Base.Tab>
        ))}
        <Base.Indicator className="absolute bottom-0 left-(--active-tab-left) h-0.5 w-(--active-tab-width) rounded-full bg-accent transition-all duration-150" />
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.value} value={tab.value} className="pt-4">
          {tab.panel}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
