import { SearchIcon } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { formatError } from "@/sync/format-error.ts";
import { TextField } from "@/ui/controls/text-field.tsx";
import { Spinner } from "@/ui/icons/spinner.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { ScreenHeader } from "@/ui/layout/screen-header.tsx";
import { ScrollArea } from "@/ui/layout/scroll-area.tsx";
import { useShortcut } from "@/ui/shortcuts/use-shortcut.ts";
import { FoundList } from "./found-list.tsx";
import { SearchFilters } from "./search-filters.tsx";
import { UnreadNote } from "./unread-note.tsx";
import { useSearch } from "./use-search.ts";
import { useSearchAddress } from "./use-search-params.ts";

const PAUSE_MS = 80;
const LONGEST = 200;

/** Tasks, documents, comments and files that one may see, by words of their titles and texts. */
export function SearchScreen() {
  const { asked, ask } = useSearchAddress();
  const { found, counts } = useSearch(asked);
  const box = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const input = () => box.current?.querySelector("input");
  useShortcut({ keys: "/", label: "Search", group: "Go to" }, () => input()?.select());

  /** From the field into the list, through it, and back; Enter in the field opens the first. */
  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const links: Element[] = [...(list.current?.querySelectorAll("a") ?? [])];
    const at = links.indexOf(document.activeElement ?? document.body);
    const isTyping = document.activeElement === input();
    if (event.key === "Enter" && isTyping) {
      event.preventDefault();
      if (links[0] instanceof HTMLElement) links[0].click();
      return;
    }
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0 || (at === -1 && !isTyping)) return;
    const next = at + step < 0 ? input() : links[at + step];
    if (!(next instanceof HTMLElement)) return;
    event.preventDefault();
    next.focus();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears the keys of what is in it.
    <div className="flex min-h-0 flex-1 flex-col" onKeyDown={onKeyDown}>
      <ScreenHeader isForm title="Search" />
      <search className="border-b px-4 py-3" ref={box}>
        <div className="relative mx-auto max-w-[760px]">
          <SearchField text={asked.text} onAsk={(text) => ask({ text })} />
          {found.isFetching && !found.isFetchingNextPage && (
            <span className="absolute top-0 right-9 grid h-9 place-items-center text-muted">
              <Spinner />
            </span>
          )}
          <SearchFilters asked={asked} ask={ask} counts={counts} />
        </div>
      </search>
      <ScrollArea name="results" view={asked}>
        {found.error ? (
          <div className="mx-auto max-w-[760px] p-4">
            <ErrorNotice title="Search failed" onRetry={() => found.refetch()}>
              {formatError(found.error)}
            </ErrorNotice>
          </div>
        ) : (
          <>
            <UnreadNote />
            <FoundList asked={asked} found={found} list={list} />
          </>
        )}
      </ScrollArea>
    </div>
  );
}

type FieldProps = { text: string; onAsk: (text: string) => void };

/** Letters show at once; the address, and with it the answer, follows when the hand rests. */
function SearchField({ text, onAsk }: FieldProps) {
  const [typed, setTyped] = useState(text);
  const [given, setGiven] = useState(text);
  if (given !== text) {
    // Changed from outside: gone back to, or a link.
    setGiven(text);
    if (typed.trim() !== text) setTyped(text);
  }
  useEffect(() => {
    const next = typed.trim();
    if (next === text) return;
    const timer = setTimeout(() => onAsk(next), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, text, onAsk]);
  return (
    <TextField
      label="Search tasks, documents, comments and files"
      hideLabel
      type="search"
      size="large"
      autoFocus
      maxLength={LONGEST}
      icon={<SearchIcon size={15} />}
      placeholder="Search by words, or by a key such as APP-12"
      value={typed}
      onValueChange={setTyped}
    />
  );
}
