type Props = {
  text: string;
  /** From and to of each marked piece, in order and apart. */
  marks: readonly (readonly [number, number])[];
};

/** A text with pieces of it marked: what somebody searched for. */
export function MarkedText({ text, marks }: Props) {
  let at = 0;
  const pieces = marks.map(([from, to]) => {
    const before = text.slice(at, from);
    at = to;
    return { from, before, marked: text.slice(from, to) };
  });
  return (
    <>
      {pieces.map(({ from, before, marked }) => (
        <span key={from}>
          {before}
          <mark className="rounded-[3px] bg-warning-soft font-medium text-ink">{marked}</mark>
        </span>
      ))}
      {text.slice(at)}
    </>
  );
}
