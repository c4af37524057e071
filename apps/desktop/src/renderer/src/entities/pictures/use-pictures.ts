import { useEffect, useMemo } from "react";
import { elsewhere } from "@/entities/files/file-url.ts";
import { createObservable, useObservable } from "@/lib/observable.ts";
import { platform } from "@/platform/platform.ts";
import { fetchFile } from "@/sync/server/fetch-file.ts";

export type PictureKind = "people" | "workspaces";
/** A row from before there were pictures has no key. */
type Pictured = { id: string; pictureKey?: string | null };

const hasCookie = platform.kind === "web";

/** What the desktop app has fetched with its token, by path: addresses that mean nothing to the next page. */
const fetched = createObservable<ReadonlyMap<string, string>>(new Map());
const asked = new Set<string>();

function fetchOnce(path: string) {
  if (asked.has(path)) return;
  asked.add(path);
  fetchFile(path).then(
    ({ blob }) => fetched.set(new Map(fetched.get()).set(path, URL.createObjectURL(blob))),
    // Asked again when somebody shows it again.
    () => asked.delete(path),
  );
}

/**
 * Where their pictures are, by id. In a browser the cookie opens an address, and the browser keeps what is
 * there: another picture has another key.
 */
export function usePictures(
  kind: PictureKind,
  of: readonly Pictured[],
): ReadonlyMap<string, string> {
  const here = useObservable(fetched);
  const pictured = of.flatMap(({ id, pictureKey }) => (pictureKey ? [`${id}/${pictureKey}`] : []));
  const key = pictured.join(" ");
  const paths = useMemo(
    () =>
      key.split(" ").flatMap((of) => (of ? [[of.slice(0, 36), pathOf(kind, of)] as const] : [])),
    [kind, key],
  );
  useEffect(() => {
    if (!hasCookie) for (const [, path] of paths) fetchOnce(path);
  }, [paths]);
  return useMemo(
    () =>
      new Map(
        paths.flatMap(([id, path]) => {
          const url = hasCookie ? `${elsewhere}${path}` : here.get(path);
          return url ? [[id, url] as const] : [];
        }),
      ),
    [paths, here],
  );
}

const pathOf = (kind: PictureKind, of: string) => `/files/pictures/${kind}/${of}`;
