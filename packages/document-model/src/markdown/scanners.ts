/**
 * What other programs put into Markdown and CommonMark does not know, found letter by letter. A
 * scanner is given one character after the other (a line ending is "\n") and says whether it is one.
 */
type Verdict = "more" | "done" | "no";
export type Scanner = {
  next(char: string): Verdict;
  /** Asked once after `done`, with what follows (empty at the end of the text). */
  accepts?(following: string): boolean;
};

const MOST = 10_000;

/** `{{< a shortcode >}}`, `{{ a template }}`, `{% a tag %}`. */
export function template(): Scanner {
  let seen = "";
  let closing = "";
  return {
    next(char) {
      seen += char;
      if (seen.length === 1) return "more";
      if (seen.length === 2) {
        if (char !== "{" && char !== "%") return "no";
        closing = char === "{" ? "}}" : "%}";
        return "more";
      }
      if (seen.length === 3 && closing === "}}" && (char === "<" || char === "%")) {
        closing = char === "<" ? ">}}" : "%}}";
      }
      if (seen.length > MOST) return "no";
      return seen.length > closing.length + 2 && seen.endsWith(closing) ? "done" : "more";
    },
  };
}

/** `{an expression of MDX}`, with braces and strings inside. */
export function expression(): Scanner {
  const braces = nesting();
  return { next: (char) => (braces.step(char) ? (braces.open() ? "more" : "done") : "no") };
}

/** `[[Page|alias]]` and `![[picture.png]]`; `isDefined`: it is a plain reference after all. */
export function wikiLink(isDefined: (label: string) => boolean): Scanner {
  let seen = "";
  return {
    next(char) {
      seen += char;
      const start = seen.startsWith("!") ? "![[" : "[[";
      if (seen.length <= start.length) return start.startsWith(seen) ? "more" : "no";
      if (char === "\n" || char === "[" || seen.length > 1_000) return "no";
      if (!seen.endsWith("]]")) {
        return seen.at(-2) === "]" ? "no" : "more";
      }
      const label = seen.slice(start.length, -2);
      return label.trim() && !isDefined(label) ? "done" : "no";
    },
    accepts: (following) => following !== "(" && following !== "[" && following !== "]",
  };
}

/** `<Component prop={x}>`, which HTML's rules for attributes refuse. */
export function component(): Scanner {
  let seen = "";
  const braces = nesting();
  return {
    next(char) {
      seen += char;
      if (seen === "<" || seen === "</") return "more";
      if (/^<\/?[^/]$/.test(seen)) return /[A-Z]/.test(char) ? "more" : "no";
      if (/^<\/?[\w.]+$/.test(seen)) return "more";
      if (/^<\/?[\w.]+[^\w.]$/.test(seen) && !/[\s/>]/.test(char)) return "no";
      if (seen.length > MOST || !braces.step(char)) return "no";
      return char === ">" && !braces.open() ? "done" : "more";
    },
  };
}

/**
 * `$x$`: no space inside the dollars, no letter or digit around them, so that "$5 and $6" or
 * "$HOME/$USER" are none.
 */
export function dollarMath(previous: string): Scanner {
  let seen = "";
  let escaped = false;
  return {
    next(char) {
      seen += char;
      if (seen.length === 1) return /[\p{L}\p{N}$]/u.test(previous) ? "no" : "more";
      if (char === "\n" || seen.length > 2_000) return "no";
      if (seen.length === 2) {
        escaped = char === "\\";
        return /[\s$]/.test(char) ? "no" : "more";
      }
      if (char === "$" && !escaped) return /\s/.test(seen.at(-2) ?? "") ? "no" : "done";
      escaped = char === "\\" && !escaped;
      return "more";
    },
    accepts: (following) => !/[\p{L}\p{N}$]/u.test(following),
  };
}

/** Follows braces and strings; `step` is false when one closes that was never opened. */
function nesting() {
  let depth = 0;
  let quote = "";
  let length = 0;
  return {
    open: () => depth > 0 || quote !== "",
    step(char: string) {
      if (++length > MOST) return false;
      if (quote) {
        if (char === quote) quote = "";
      } else if (char === '"' || char === "`" || (char === "'" && depth > 0)) quote = char;
      else if (char === "{") depth++;
      else if (char === "}") depth--;
      return depth >= 0;
    },
  };
}
