/** The declarations of the client that leaves the house: one file, of the router and what is around it. */
import { realpathSync } from "node:fs";
import path from "node:path";
import {
  API,
  type Checker,
  type Project,
  SignatureKind,
  SymbolFlags,
  type Symbol as TsSymbol,
  type Type,
} from "typescript/unstable/sync";
import { Origins } from "./origin.ts";
import { braced, TypePrinter } from "./print-type.ts";

const here = import.meta.dirname;
const declarationsOf = (name: string) =>
  realpathSync(path.join(here, "../node_modules", name, "dist/index.d.mts"));
/** What a client has beside it, and may be referred to. */
const modules = Object.fromEntries(
  ["@trpc/client", "@trpc/server"].map((name) => [name, declarationsOf(name)]),
);

/** Throws, and names the place, when a type cannot be told without the server. */
export function declareClient(): string {
  const api = new API({ cwd: here });
  try {
    const config = path.join(here, "tsconfig.json");
    const project = api.updateSnapshot({ openProjects: [config] }).getProject(config);
    const source = project?.program.getSourceFile(path.join(here, "index.ts"));
    const entry = source && project?.checker.getSymbolAtLocation(source);
    if (!project || !entry) throw new Error("The client's entry cannot be read.");
    return new ClientDeclaration(project, entry).text();
  } finally {
    api.close();
  }
}

class ClientDeclaration {
  readonly #checker: Checker;
  readonly #exported: Map<string, TsSymbol>;
  readonly #printer: TypePrinter;

  constructor({ checker, program }: Project, entry: TsSymbol) {
    this.#checker = checker;
    this.#printer = new TypePrinter(checker, new Origins(checker, program, modules));
    this.#exported = new Map(
      checker.getExportsOfModule(entry).map((symbol) => {
        const isAlias = symbol.flags & SymbolFlags.Alias;
        return [symbol.name, isAlias ? checker.getAliasedSymbol(symbol) : symbol];
      }),
    );
  }

  text(): string {
    const { names } = this.#printer;
    for (const [name, symbol] of this.#types()) names.claim(name, symbol);
    for (const [name, symbol] of this.#types()) this.#recogniseList(name, symbol);
    for (const name of ["AppRouter", "GuildhallClient"]) {
      names.know(name, this.#checker.getDeclaredTypeOfSymbol(this.#export(name)));
    }
    this.#nameRows();
    const parts = [
      this.#router(),
      this.#client(),
      ...[...this.#exported].filter(([, symbol]) => !isType(symbol)).map(this.#value),
      ...this.#printer.declarations(),
    ];
    return `${[names.imports(), ...parts].join("\n\n")}\n`;
  }

  /** Those that are told as they are; the router and what is made of it are put together here. */
  #types(): [string, TsSymbol][] {
    const made = ["AppRouter", "RouterInputs", "RouterOutputs", "GuildhallClient"];
    return [...this.#exported].filter(([name, symbol]) => isType(symbol) && !made.includes(name));
  }

  #export(name: string): TsSymbol {
    const symbol = this.#exported.get(name);
    if (!symbol) throw new Error(`The client offers no ${name}.`);
    return symbol;
  }

  #field(owner: Type, name: string): Type {
    const property = this.#checker.getPropertyOfType(owner, name);
    const type = property && this.#checker.getTypeOfSymbol(property);
    if (!type) throw new Error(`${this.#checker.typeToString(owner)} has no ${name}.`);
    return type;
  }

  /** A few words that our sources list, as roles: the compiler forgets the name of such a union. */
  #recogniseList(name: string, symbol: TsSymbol): void {
    const type = this.#checker.getDeclaredTypeOfSymbol(symbol);
    const types = (type.isUnionType() && type.getTypes()) || [];
    const words = types.flatMap((each) =>
      each.isStringLiteralType() ? JSON.stringify(each.value) : [],
    );
    if (words.length < 3 || words.length < types.length) return;
    this.#printer.names.recognise(name, words.join(" | "));
  }

  /** The rows that the feed brings, by their entity: queries answer with the same ones. */
  #nameRows(): void {
    const change = this.#checker.getDeclaredTypeOfSymbol(this.#export("ChangeOf"));
    const row = this.#field(change, "row");
    const parts = (row.isUnionType() && row.getTypes()) || [];
    const rows = parts.find((each) => each.isIndexedAccessType())?.getObjectType();
    if (!rows) throw new Error("A change has no row by its entity.");
    for (const { name } of this.#checker.getPropertiesOfType(rows)) {
      const type = this.#field(rows, name);
      // What comes along only at times is put behind the row.
      const [whole = type] = (type.isIntersectionType() && type.getTypes()) || [];
      this.#printer.nameRow(`${name[0]?.toUpperCase()}${name.slice(1)}Row`, whole);
    }
  }

  #router(): string {
    const router = this.#checker.getDeclaredTypeOfSymbol(this.#export("AppRouter"));
    const definition = this.#field(router, "_def");
    const root = this.#field(this.#field(definition, "_config"), "$types");
    const records = this.#checker
      .getPropertiesOfType(this.#field(definition, "record"))
      .map((each) => {
        const record = this.#checker.getTypeOfSymbol(each);
        const procedures = record ? this.#checker.getPropertiesOfType(record) : [];
        return `${each.name}: ${braced(procedures.map(this.#procedure))};`;
      });
    const { names } = this.#printer;
    for (const name of ["TRPCBuiltRouter", "inferRouterInputs", "inferRouterOutputs"]) {
      names.importFrom("@trpc/server", name);
    }
    return `/** What every refusal carries. Its \`reason\` never changes; the sentence may. */
export type ErrorShape = ${this.#printer.print(this.#field(root, "errorShape"))};

export type Procedures = ${braced(records)};

export type AppRouter = TRPCBuiltRouter<
  { ctx: object; meta: object; errorShape: ErrorShape; transformer: true },
  Procedures
>;
export type RouterInputs = inferRouterInputs<AppRouter>;
export type RouterOutputs = inferRouterOutputs<AppRouter>;`;
  }

  #procedure = (property: TsSymbol): string => {
    const type = this.#checker.getTypeOfSymbol(property);
    const kind = type?.getSymbol()?.name;
    if (!type || !kind || !/^(Query|Mutation|Subscription)Procedure$/.test(kind)) {
      throw new Error(`${property.name} is no procedure, but ${kind}.`);
    }
    const types = this.#field(this.#field(type, "_def"), "$types");
    const name = this.#printer.names.importFrom("@trpc/server", `TRPC${kind}`);
    const parts = ["input", "output"].map(
      (part) => `${part}: ${this.#printer.print(this.#field(types, part))};`,
    );
    return `${this.#printer.docs(property)}${property.name}: ${name}<${braced([...parts, "meta: object;"])}>;`;
  };

  /** The router's client, which its own type is made of, and what ours adds to it. */
  #client(): string {
    const symbol = this.#export("GuildhallClient");
    const own = [...symbol.getMembers().values()].map(this.#printer.member);
    const base = this.#printer.names.importFrom("@trpc/client", "TRPCClient");
    return `export interface GuildhallClient extends ${base}<AppRouter> ${braced(own)}`;
  }

  #value = ([name, symbol]: [string, TsSymbol]): string => {
    const type = this.#checker.getTypeOfSymbol(symbol);
    if (!type) throw new Error(`${name} has no type.`);
    const [call] = this.#checker.getSignaturesOfType(type, SignatureKind.Call);
    const docs = this.#printer.docs(symbol);
    if (call) {
      return `${docs}export declare function ${name}${this.#printer.signature(call, ": ")};`;
    }
    return `${docs}export declare const ${name}: ${this.#printer.print(type)};`;
  };
}

const isType = ({ flags }: TsSymbol) =>
  Boolean(flags & (SymbolFlags.TypeAlias | SymbolFlags.Interface));
