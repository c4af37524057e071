import {
  Archive,
  Copy,
  FolderOpen,
  Inbox,
  LayoutGrid,
  Link2,
  Moon,
  Plus,
  Trash2,
} from "lucide-react";
import { useState } from "react";
import { AlertDialog } from "@/ui/alert-dialog.tsx";
import { Button } from "@/ui/button.tsx";
import { CommandPalette, type PaletteCommand } from "@/ui/command-palette.tsx";
import { ContextMenu } from "@/ui/context-menu.tsx";
import { DatePicker } from "@/ui/date-picker.tsx";
import { Dialog } from "@/ui/dialog.tsx";
import { EmptyState } from "@/ui/empty-state.tsx";
import { ErrorNotice } from "@/ui/error-notice.tsx";
import { Markdown } from "@/ui/markdown.tsx";
import { Menu } from "@/ui/menu.tsx";
import type { MenuEntry } from "@/ui/menu-items.tsx";
import { RelativeTime } from "@/ui/relative-time.tsx";
import { SaveIndicator } from "@/ui/save-indicator.tsx";
import { ShortcutSheet } from "@/ui/shortcut-sheet.tsx";
import { TextField } from "@/ui/text-field.tsx";
import { notify } from "@/ui/toast.ts";
import { useShortcut } from "@/ui/use-shortcut.ts";
import { Block } from "./block.tsx";
import { description, tasks } from "./sample.ts";

const entries: MenuEntry[] = [
  { label: "Copy link", icon: <Link2 size={14} />, keys: "mod+shift+c", onSelect: noop },
  { label: "Duplicate", icon: <Copy size={14} />, onSelect: noop },
  {
    kind: "submenu",
    label: "Move to project",
    icon: <FolderOpen size={14} />,
    entries: [{ label: "Website", onSelect: noop }],
  },
  { kind: "separator" },
  { label: "Archive", icon: <Archive size={14} />, keys: "e", onSelect: noop },
  { label: "Delete", icon: <Trash2 size={14} />, danger: true, onSelect: noop },
];

const commands: PaletteCommand[] = [
  { id: "new", group: "Task", label: "New task", keys: "c", icon: <Plus size={16} />, run: noop },
  {
    id: "board",
    group: "Go to",
    label: "Board",
    keys: "g b",
    icon: <LayoutGrid size={16} />,
    run: noop,
  },
  {
    id: "mine",
    group: "Go to",
    label: "My work",
    keys: "g m",
    icon: <Inbox size={16} />,
    run: noop,
  },
  {
    id: "dark",
    group: "Appearance",
    label: "Dark theme",
    keywords: ["night"],
    icon: <Moon size={16} />,
    run: noop,
  },
];

export function OverlaysPage() {
  return (
    <div className="columns-1 gap-4 space-y-4 md:columns-2">
      <Menus />
      <Dialogs />
      <Notices />
      <Block title="Markdown">
        <Markdown onToggleTask={noop}>{description}</Markdown>
      </Block>
      <Block title="EmptyState">
        <div className="w-full">
          <EmptyState
            icon={<LayoutGrid size={18} />}
            title="No task yet"
            action={
              <>
                <Button variant="primary" icon={<Plus size={14} />} keys="c">
                  New task
                </Button>
                <Button>Import</Button>
              </>
            }
          >
            A board shows the work of a project, from the first thought to done. Make the first
            task, or bring what you have from GitHub, Jira or Trello.
          </EmptyState>
        </div>
      </Block>
    </div>
  );
}

function noop() {}

function Menus() {
  const [day, setDay] = useState<string | null>("2026-12-24");
  return (
    <Block title="Menu, ContextMenu, DatePicker, RelativeTime">
      <Menu trigger={<Button>Task menu</Button>} entries={entries} />
      <ContextMenu entries={() => entries}>
        <div className="rounded-control border border-dashed px-3 py-1 text-muted">
          Right button here
        </div>
      </ContextMenu>
      <DatePicker
        label="Due date"
        value={day}
        onValueChange={setDay}
        trigger={<Button>{day ?? "Set a date"}</Button>}
      />
      <span className="flex gap-3 text-muted">
        <RelativeTime at={new Date()} />
        <RelativeTime at={new Date(Date.now() - 7 * 60_000)} />
        <RelativeTime at={new Date(Date.now() - 86_400_000)} />
        <RelativeTime at={new Date(2025, 11, 3)} />
      </span>
    </Block>
  );
}

function Dialogs() {
  const [open, setOpen] = useState<"dialog" | "alert" | "palette" | "keys" | null>(null);
  const change = (name: "dialog" | "alert" | "palette" | "keys") => (isOpen: boolean) =>
    setOpen(isOpen ? name : null);
  useShortcut(
    { keys: "mod+k", label: "Command palette", group: "General", whileTyping: true },
    () => setOpen("palette"),
  );
  useShortcut({ keys: "?", label: "All keys", group: "General" }, () => setOpen("keys"));
  useShortcut({ keys: "g b", label: "Go to the board", group: "Go to" }, noop);
  useShortcut({ keys: "g m", label: "Go to my work", group: "Go to" }, noop);
  useShortcut({ keys: "c", label: "New task", group: "Task" }, noop);
  return (
    <Block title="Dialog, AlertDialog, CommandPalette, ShortcutSheet">
      <Button onClick={() => setOpen("dialog")}>Dialog</Button>
      <Button onClick={() => setOpen("alert")}>Alert</Button>
      <Button onClick={() => setOpen("palette")} keys="mod+k">
        Palette
      </Button>
      <Button onClick={() => setOpen("keys")} keys="?">
        Keys
      </Button>
      <Dialog
        open={open === "dialog"}
        onOpenChange={change("dialog")}
        title="New project"
        description="A project has its own board, statuses and labels."
        footer={
          <>
            <Button onClick={() => setOpen(null)}>Cancel</Button>
            <Button variant="primary" keys="mod+enter">
              Create project
            </Button>
          </>
        }
      >
        <div className="grid gap-4">
          <TextField label="Name" value="Website" onValueChange={noop} />
          <TextField
            label="Key"
            value="WEB"
            onValueChange={noop}
            hint="Begins each task’s number: WEB-1"
          />
        </div>
      </Dialog>
      <AlertDialog
        open={open === "alert"}
        onOpenChange={change("alert")}
        title="Delete APP-128 for good?"
        confirmLabel="Delete task"
        onConfirm={noop}
      >
        Its comments and files go with it. This cannot be undone.
      </AlertDialog>
      <CommandPalette
        open={open === "palette"}
        onOpenChange={change("palette")}
        commands={commands}
        search={searchTasks}
      />
      <ShortcutSheet open={open === "keys"} onOpenChange={change("keys")} />
    </Block>
  );
}

async function searchTasks(query: string) {
  return tasks
    .filter(({ title }) => title.toLowerCase().includes(query.toLowerCase()))
    .map(({ id, title, key }) => ({ id, label: title, detail: key, run: noop }));
}

function Notices() {
  const waiting = [
    { id: "1", label: "Moved APP-128 to Done" },
    { id: "2", label: "Renamed APP-135", error: "You may no longer edit this project." },
  ];
  return (
    <Block title="Toast, SaveIndicator, ErrorNotice">
      <Button onClick={() => notify({ title: "Moved APP-128 to Done", onUndo: noop })}>
        Toast
      </Button>
      <Button
        onClick={() =>
          notify({
            tone: "failed",
            title: "APP-128 was not moved",
            description: "You may no longer edit this project. The card is back where it was.",
          })
        }
      >
        Failed toast
      </Button>
      <SaveIndicator state="saved" waiting={[]} onRetry={noop} onDiscard={noop} />
      <SaveIndicator state="saving" waiting={waiting} onRetry={noop} onDiscard={noop} />
      <SaveIndicator state="offline" waiting={waiting} onRetry={noop} onDiscard={noop} />
      <div className="w-full">
        <ErrorNotice title="The comment was not sent" onRetry={noop}>
          The server did not answer. Your text is kept here and in the outbox.
        </ErrorNotice>
      </div>
    </Block>
  );
}
