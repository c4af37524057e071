/**
 * Which types have a name in the declarations, and what is imported. What our sources name keeps its
 * name; a row that a query inferred has lost it, and is recognised by its fields.
 */
import type { Symbol as TsSymbol, Type } from "typescript/unstable/sync";

type Named = { symbol: TsSymbol | null; type: Type | null; text: string | null };

export class Names {
  readonly #named = new Map<string, Named>();
  readonly #byType = new Map<number, string>();
  readonly #byForm = new Map<string, string>();
  readonly #imports = new Map<string, Set<string>>();

  /** False when another symbol has it: that one is then written out where it is used. */
  claim(name: string, symbol: TsSymbol): boolean {
    const named = this.#named.get(name);
    if (!named) this.#named.set(name, { symbol, type: null, text: null });
    return !named || named.symbol?.id === symbol.id;
  }

  has(name: string, symbol: TsSymbol): boolean {
    return this.#named.get(name)?.symbol?.id === symbol.id;
  }

  /** Declares a type that has no symbol of its own. */
  give(name: string, type: Type): void {
    this.#named.set(name, { symbol: null, type, text: null });
  }

  /** From now on just this type is called so, and declared by whoever says this. */
  know(name: string, type: Type): void {
    this.#byType.set(type.id, name);
  }

  /** From now on whatever has this form is called so. */
  recognise(name: string, form: string): void {
    if (!this.#byForm.has(form)) this.#byForm.set(form, name);
  }

  ofType = (type: Type): string | undefined => this.#byType.get(type.id);
  ofForm = (form: string): string | undefined => this.#byForm.get(form);

  importFrom(module: string, name: string): string {
    const names = this.#imports.get(module) ?? new Set();
    this.#imports.set(module, names.add(name));
    return name;
  }

  /** Until nothing new is named: a declaration may name further types. In the order of the names. */
  declarations(declare: (name: string, what: Named) => string): string[] {
    for (;;) {
      const open = [...this.#named].filter(([, { text }]) => text === null);
      if (open.length === 0) break;
      for (const [name, named] of open) named.text = declare(name, named);
    }
    return [...this.#named].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { text }]) => text ?? "");
  }

  imports(): string {
    return [...this.#imports]
      .map(([module, names]) => `import type { ${[...names].sort().join(", ")} } from "${module}";`)
      .sort()
      .join("\n");
  }
}
