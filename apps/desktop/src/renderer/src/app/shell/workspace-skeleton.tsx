/** The frame of index.html, before a first workspace is here. */
export function WorkspaceSkeleton() {
  return (
    <main data-starting="">
      <p role="status" className="sr-only">
        Loading workspace
      </p>
    </main>
  );
}
