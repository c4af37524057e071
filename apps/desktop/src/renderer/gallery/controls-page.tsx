import { Copy, Filter, Link2, Plus, Search, Settings, Trash2 } from "lucide-react";
import { useState } from "react";
import { Avatar } from "@/ui/avatar.tsx";
import { AvatarStack } from "@/ui/avatar-stack.tsx";
import { Badge } from "@/ui/badge.tsx";
import { Button } from "@/ui/button.tsx";
import { Checkbox } from "@/ui/checkbox.tsx";
import { Chip } from "@/ui/chip.tsx";
import { IconButton } from "@/ui/icon-button.tsx";
import { Kbd } from "@/ui/kbd.tsx";
import { LabelDot } from "@/ui/label-dot.tsx";
import { paletteNames } from "@/ui/palette.ts";
import { PasswordField } from "@/ui/password-field.tsx";
import { PriorityIcon, priorities, priorityNames } from "@/ui/priority-icon.tsx";
import { ProgressBar } from "@/ui/progress-bar.tsx";
import { SegmentedControl } from "@/ui/segmented-control.tsx";
import { Select } from "@/ui/select.tsx";
import { Skeleton } from "@/ui/skeleton.tsx";
import { StatusIcon } from "@/ui/status-icon.tsx";
import { Switch } from "@/ui/switch.tsx";
import { Tabs } from "@/ui/tabs.tsx";
import { TextArea } from "@/ui/text-area.tsx";
import { TextField } from "@/ui/text-field.tsx";
import { Block } from "./block.tsx";
import { people, statuses } from "./sample.ts";

export function ControlsPage() {
  return (
    <div className="columns-1 gap-4 space-y-4 md:columns-2 xl:columns-3">
      <Buttons />
      <Fields />
      <Choices />
      <Signs />
      <Block title="Progress">
        <div className="w-full space-y-4">
          <ProgressBar
            label="issues-2026.csv"
            value={0.42}
            detail="2,104 of 5,000 tasks"
            onCancel={noop}
          />
          <ProgressBar label="Reading the file" value={null} />
          <div className="space-y-2">
            <Skeleton width="70%" />
            <Skeleton width="45%" />
          </div>
        </div>
      </Block>
      <Block title="Type">
        <div>
          <p className="text-28 font-semibold tracking-tight">Saved means saved</p>
          <p className="text-20 font-semibold">Everything is live</p>
          <p className="text-16">One set of types, from the column to the script</p>
          <p className="text-14">The quick brown fox, 0123456789, “quoted”</p>
          <p className="text-13 text-muted">Muted text in lists, 13 px</p>
          <p className="text-12 text-faint">Faint text beside it, 12 px</p>
        </div>
      </Block>
    </div>
  );
}

function noop() {}

function Buttons() {
  return (
    <Block title="Button, IconButton, Kbd">
      <Button variant="primary" icon={<Plus size={14} />}>
        New task
      </Button>
      <Button>Invite</Button>
      <Button variant="ghost" icon={<Filter size={14} />}>
        Filter
      </Button>
      <Button variant="danger">Delete</Button>
      <Button variant="primary" keys="mod+enter">
        Create
      </Button>
      <Button variant="primary" busy>
        Saving
      </Button>
      <Button disabled>Disabled</Button>
      <Button variant="primary" disabled>
        Disabled
      </Button>
      <Button size="small">Small</Button>
      <Button size="large" variant="primary">
        Large
      </Button>
      <span className="flex gap-1">
        <IconButton label="Copy link" keys="mod+shift+c" icon={<Link2 size={16} />} />
        <IconButton label="Settings" icon={<Settings size={16} />} pressed />
        <IconButton label="Delete" icon={<Trash2 size={16} />} disabled />
        <IconButton label="Copy" size="small" icon={<Copy size={14} />} />
      </span>
      <Kbd keys="mod+k" />
      <Kbd keys="g b" />
      <Kbd keys="shift+enter" />
      <Kbd keys="?" variant="plain" />
    </Block>
  );
}

function Fields() {
  const [text, setText] = useState("");
  return (
    <Block title="TextField, PasswordField, TextArea">
      <div className="w-full space-y-4">
        <TextField
          label="Project name"
          placeholder="Website"
          value={text}
          onValueChange={setText}
          hint="People see it in the sidebar."
        />
        <TextField
          label="Key"
          value="app!"
          onValueChange={noop}
          error="Use two to six capital letters, such as APP."
        />
        <TextField
          label="Search"
          hideLabel
          icon={<Search size={14} />}
          placeholder="Search members"
          value=""
          onValueChange={noop}
        />
        <TextField
          label="Disabled"
          value="Cannot be changed"
          onValueChange={noop}
          disabled
          aside="Optional"
        />
        <PasswordField
          label="Password"
          autoComplete="current-password"
          value="hunter22"
          onValueChange={noop}
        />
        <TextArea
          label="Description"
          placeholder="What is it about?"
          value={text}
          onValueChange={setText}
        />
      </div>
    </Block>
  );
}

function Choices() {
  const [role, setRole] = useState<"owner" | "editor" | "viewer">("editor");
  const [isOn, setOn] = useState(true);
  const [view, setView] = useState<"board" | "list">("board");
  const [tab, setTab] = useState<"all" | "open">("all");
  const roles = [
    { value: "owner", label: "Owner" },
    { value: "editor", label: "Editor" },
    { value: "viewer", label: "Viewer" },
  ] as const;
  return (
    <Block title="Select, SegmentedControl, Switch, Checkbox, Tabs">
      <Select label="Role" value={role} options={roles} onValueChange={setRole} />
      <Select label="Sort" variant="quiet" value={role} options={roles} onValueChange={setRole} />
      <SegmentedControl
        label="View"
        value={view}
        onValueChange={setView}
        segments={[
          { value: "board", label: "Board" },
          { value: "list", label: "List" },
        ]}
      />
      <div className="w-full space-y-3">
        <Switch
          label="Private project"
          hint="Only the people you add see it."
          checked={isOn}
          onCheckedChange={setOn}
        />
        <Switch label="Weekly summary" checked={!isOn} onCheckedChange={() => setOn(!isOn)} />
        <Switch label="Not yours to change" checked disabled onCheckedChange={noop} />
        <Checkbox checked={isOn} onCheckedChange={setOn}>
          Update tasks that were imported before
        </Checkbox>
        <Checkbox checked={false} onCheckedChange={noop}>
          Not chosen
        </Checkbox>
        <span className="flex gap-3">
          <Checkbox label="All" checked={false} indeterminate onCheckedChange={noop} />
          <Checkbox label="Disabled" checked disabled onCheckedChange={noop} />
        </span>
      </div>
      <div className="w-full">
        <Tabs
          label="Tasks"
          value={tab}
          onValueChange={setTab}
          tabs={[
            { value: "all", label: "All", count: 128, panel: "Everything in the project." },
            { value: "open", label: "Open", count: 41, panel: "What is not done." },
          ]}
        />
      </div>
    </Block>
  );
}

function Signs() {
  const [first] = people;
  return (
    <Block title="Avatar, Badge, Chip, LabelDot, StatusIcon, PriorityIcon">
      {first &&
        ([16, 20, 24, 32, 48] as const).map((size) => (
          <Avatar key={size} person={first} size={size} />
        ))}
      {people.slice(1).map((person) => (
        <Avatar key={person.id} person={person} size={24} online />
      ))}
      <span className="[--stack-ring:var(--surface)]">
        <AvatarStack people={people} />
      </span>
      <Badge>Viewer</Badge>
      <Badge tone="accent">You</Badge>
      <Badge tone="success">Active</Badge>
      <Badge tone="warning">Expires soon</Badge>
      <Badge tone="danger">Revoked</Badge>
      <Chip icon={<LabelDot color="violet" />}>Feature</Chip>
      <Chip icon={<LabelDot color="red" />} onRemove={noop} removeLabel="Remove Bug">
        Bug
      </Chip>
      <span className="flex gap-1.5">
        {paletteNames.map((name) => (
          <LabelDot key={name} color={name} size={12} />
        ))}
      </span>
      <span className="flex flex-wrap gap-3">
        {statuses.map(({ id, name, category }) => (
          <span key={id} className="flex items-center gap-1.5">
            <StatusIcon category={category} />
            {name}
          </span>
        ))}
      </span>
      <span className="flex flex-wrap gap-3">
        {priorities.map((priority) => (
          <span key={priority} className="flex items-center gap-1.5">
            <PriorityIcon priority={priority} />
            {priorityNames[priority]}
          </span>
        ))}
      </span>
    </Block>
  );
}
