/** Who declares what a type is called by: we, @trpc, or the language and its platform. */
import path from "node:path";
import {
  type Checker,
  type Program,
  SymbolFlags,
  type Symbol as TsSymbol,
} from "typescript/unstable/sync";

export type Origin =
  | { kind: "ours" }
  | { kind: "package"; module: string; name: string }
  /** Of a package that a client has, which keeps it to itself. */
  | { kind: "inside" }
  | { kind: "global" }
  | { kind: "other" };

/** `modules`: the packages that a client has, by name, with the declarations of what they export. */
export class Origins {
  readonly #exported = new Map<number, { module: string; name: string }>();
  readonly #modules: string[];

  constructor(checker: Checker, program: Program, modules: Record<string, string>) {
    this.#modules = Object.keys(modules);
    for (const [module, file] of Object.entries(modules)) {
      const source = program.getSourceFile(file);
      const symbol = source && checker.getSymbolAtLocation(source);
      if (!symbol) throw new Error(`${file} of ${module} is no part of the client.`);
      for (const each of checker.getExportsOfModule(symbol)) {
        const { id } = each.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(each) : each;
        if (!this.#exported.has(id)) this.#exported.set(id, { module, name: each.name });
      }
    }
  }

  of(symbol: TsSymbol): Origin {
    const exported = this.#exported.get(symbol.id);
    if (exported) return { kind: "package", ...exported };
    const file = String(symbol.declarations[0]?.path ?? "");
    const isGlobal =
      /^lib\.[\w.]+\.d\.ts$/.test(path.posix.basename(file)) ||
      /\/node_modules\/(@types\/node|undici-types)\//.test(file);
    if (isGlobal) return { kind: "global" };
    if (this.#modules.some((name) => file.includes(`/node_modules/${name}/`))) {
      return { kind: "inside" };
    }
    return { kind: file.includes("/node_modules/") ? "other" : "ours" };
  }
}
