import { useDocumentEditor } from "@/features/documents/context/document-context.ts";
import { useObservable } from "@/lib/observable.ts";
import { AvatarStack } from "@/ui/people/avatar-stack.tsx";
import { PeoplePopover } from "@/ui/people/people-popover.tsx";

/** Who else has this document open. */
export function AlsoInDocument() {
  const people = useObservable(useDocumentEditor().text.awareness.people);
  if (people.length === 0) return null;
  return (
    <PeoplePopover
      label="Also in this document"
      people={people}
      className="h-7 px-1 [--stack-ring:var(--surface)]"
    >
      <AvatarStack people={people} most={4} />
    </PeoplePopover>
  );
}
