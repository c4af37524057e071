/** The words that a thread is about, not more than two lines of them. */
export function Quote({ children }: { children: string }) {
  if (!children) return null;
  return (
    <blockquote
      dir="auto"
      className="comment-quote mb-2 line-clamp-2 break-words ps-2 text-12 text-muted leading-[18px]"
    >
      {children}
    </blockquote>
  );
}
