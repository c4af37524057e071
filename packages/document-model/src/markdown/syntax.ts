/**
 * Those scanners as syntax of remark: what they find becomes one node, before anything inside it can
 * be taken for Markdown (an underscore in a shortcode's argument, an address in a component's).
 */
import type { Processor } from "unified";
import { component, dollarMath, expression, type Scanner, template, wikiLink } from "./scanners.ts";
import { remarkAsTokens } from "./text-parser.ts";

// The part of micromark's tokenizer that this uses; its package of types is not ours.
type Code = number | null;
type State = (code: Code) => State | undefined;
type Effects = { enter(type: string): void; exit(type: string): void; consume(code: Code): void };
type Tokenizer = { previous: Code; parser: { defined: string[] } };
type Compiler = {
  enter(node: object, token: unknown): void;
  exit(token: unknown): void;
  sliceSerialize(token: unknown): string;
};

const charOf = (code: Code) =>
  code === null ? "" : code < -2 ? "\n" : code < 0 ? " " : String.fromCharCode(code);

function construct(token: "rawText" | "dollarMath", scannerFor: (tokenizer: Tokenizer) => Scanner) {
  function tokenize(this: Tokenizer, effects: Effects, ok: State, nok: State): State {
    const scanner = scannerFor(this);
    let inData = false;
    let done = false;
    const leaveData = () => {
      if (inData) effects.exit("rawTextData");
      inData = false;
    };
    const step: State = (code) => {
      if (done) {
        if (scanner.accepts?.(charOf(code)) === false) return nok(code);
        leaveData();
        effects.exit(token);
        return ok(code);
      }
      const verdict = code === null ? "no" : scanner.next(charOf(code));
      if (verdict === "no") return nok(code);
      done = verdict === "done";
      if (code !== null && code < -2) {
        leaveData();
        effects.enter("lineEnding");
        effects.consume(code);
        effects.exit("lineEnding");
        return step;
      }
      if (!inData) effects.enter("rawTextData");
      inData = true;
      effects.consume(code);
      return step;
    };
    return (code) => {
      effects.enter(token);
      return step(code);
    };
  }
  return { name: token, tokenize };
}

const identifier = (label: string) => label.replace(/\s+/g, " ").trim().toLowerCase().toUpperCase();

const wiki = construct("rawText", ({ parser }) =>
  wikiLink((label) => parser.defined.includes(identifier(label))),
);
const inCurlyBraces = construct("rawText", template);

const syntax = (mdx: boolean) => ({
  text: {
    33: wiki,
    36: {
      ...construct("dollarMath", ({ previous }) => dollarMath(charOf(previous))),
      // Where this one may not begin, those of others are not even tried.
      previous: (code: Code) => charOf(code) !== "$",
    },
    60: construct("rawText", component),
    91: wiki,
    123: mdx ? [inCurlyBraces, construct("rawText", expression)] : inCurlyBraces,
  },
});

const nodes = {
  enter: {
    rawText(this: Compiler, token: unknown) {
      this.enter({ type: "html", value: this.sliceSerialize(token) }, token);
    },
    dollarMath(this: Compiler, token: unknown) {
      const value = this.sliceSerialize(token).slice(1, -1);
      this.enter({ type: "inlineMath", value }, token);
    },
  },
  exit: {
    rawText(this: Compiler, token: unknown) {
      this.exit(token);
    },
    dollarMath(this: Compiler, token: unknown) {
      this.exit(token);
    },
  },
};

/** A plugin for the processor that reads. */
export function remarkRaw(this: Processor, { mdx }: { mdx: boolean }) {
  remarkAsTokens.call(this);
  const data = this.data() as Record<string, unknown[]>;
  data.micromarkExtensions = [...(data.micromarkExtensions ?? []), syntax(mdx)];
  data.fromMarkdownExtensions = [...(data.fromMarkdownExtensions ?? []), nodes];
}
