/**
 * Types as text, with nothing in them that a reader would have to look up on the server.
 *
 * The compiler's own declarations of a router name its context, and by it drizzle, zod and all of the
 * server. So each type is walked by its structure and written anew: what our sources name is declared
 * beside it, what the language or @trpc declares is referred to, and the rest is written out. Whatever
 * comes from elsewhere is an error, so that no other package becomes a dependency of every tool.
 */
import {
  type Checker,
  type IntersectionType,
  type Signature,
  SignatureKind,
  SymbolFlags,
  type Symbol as TsSymbol,
  type Type,
  TypeFlags,
  type UnionType,
} from "typescript/unstable/sync";
import { Names } from "./names.ts";
import type { Origins } from "./origin.ts";

/** A row of fewer fields is as readable as a name, and may be like another by chance. */
const FIELDS_WORTH_A_NAME = 4;
const DEEPEST = 40;

export class TypePrinter {
  readonly names = new Names();
  readonly #checker: Checker;
  readonly #origins: Origins;
  readonly #forms = new Map<number, string>();
  /** The fields and names on the way to what is printed, for an error that names the place. */
  readonly #trail: string[] = [];

  constructor(checker: Checker, origins: Origins) {
    this.#checker = checker;
    this.#origins = origins;
  }

  /** A type where it is used: by its name, if it has one. */
  print(type: Type): string {
    if (type.isErrorType())
      throw new Error(`${this.#trail.join(".")} has a mistake: npm run check`);
    return this.names.ofType(type) ?? this.#alias(type) ?? this.#structure(type);
  }

  /** All that was named, and what that names in turn. */
  declarations(): string[] {
    return this.names.declarations((name, { symbol, type }) =>
      this.#at(name, () => {
        if (symbol) return this.#declaration(name, symbol);
        return `export type ${name} = ${type ? this.literal(type) : "never"};`;
      }),
    );
  }

  /** Declares it under this name, which is then every type's with the same fields. */
  nameRow(name: string, type: Type): void {
    const form = this.#formOf(type);
    if (!form) return;
    const known = this.names.ofForm(form);
    if (!known) {
      this.names.give(name, type);
      this.names.recognise(name, form);
    }
  }

  docs(symbol: TsSymbol): string {
    const text = symbol.getDocumentationComment(this.#checker).trim();
    if (!text) return "";
    const lines = text.split("\n").map((line) => line.trim());
    if (lines.length === 1) return `/** ${lines[0]} */\n`;
    return `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join("\n")}\n */\n`;
  }

  signature(signature: Signature, arrow: string): string {
    const generics = signature.getTypeParameters().map((each) => this.#parameter(each));
    const head = generics.length > 0 ? `<${generics.join(", ")}>` : "";
    const parameters = signature.getParameters().map((each) => this.property(each).slice(0, -1));
    const answer = this.#checker.getReturnTypeOfSignature(signature);
    return `${head}(${parameters.join(", ")})${arrow}${answer ? this.print(answer) : "void"}`;
  }

  /** Written out, with what is said of each field. */
  literal(type: Type): string {
    const [call] = this.#checker.getSignaturesOfType(type, SignatureKind.Call);
    if (call) return this.signature(call, " => ");
    const indexes = this.#checker
      .getIndexInfosOfType(type)
      .map(({ keyType, valueType }) => `[key: ${this.print(keyType)}]: ${this.print(valueType)};`);
    const properties = this.#checker.getPropertiesOfType(type).map((each) => this.member(each));
    return braced([...indexes, ...properties]);
  }

  member = (property: TsSymbol): string => this.docs(property) + this.property(property);

  property(property: TsSymbol): string {
    const type = this.#checker.getTypeOfSymbol(property);
    if (!type) throw new Error(`The field ${property.name} has no type.`);
    const isOptional = Boolean(property.flags & SymbolFlags.Optional);
    const text = this.#at(property.name, () => this.print(type));
    const isPlain = /^[A-Za-z_$][\w$]*$/.test(property.name);
    const name = isPlain ? property.name : JSON.stringify(property.name);
    if (!isOptional) return `${name}: ${text};`;
    return `${name}?: ${text.replace(/ \| undefined$/, "")};`;
  }

  #at<T>(place: string, work: () => T): T {
    this.#trail.push(place);
    if (this.#trail.length > DEEPEST) throw new Error(`This has no end: ${this.#trail.join(".")}`);
    const result = work();
    this.#trail.pop();
    return result;
  }

  #declaration(name: string, symbol: TsSymbol): string {
    const type = this.#checker.getDeclaredTypeOfSymbol(symbol);
    const docs = this.docs(symbol);
    if (symbol.flags & SymbolFlags.Interface) {
      return `${docs}export interface ${name} ${this.literal(type)}`;
    }
    const parameters = type.getAliasTypeArguments().map((each) => this.#parameter(each));
    const head = parameters.length > 0 ? `<${parameters.join(", ")}>` : "";
    return `${docs}export type ${name}${head} = ${this.#structure(type, name)};`;
  }

  #parameter(type: Type): string {
    const isBound = type.isTypeParameter() && this.#checker.getConstraintOfTypeParameter(type);
    return isBound ? `${nameOf(type)} extends ${this.print(isBound)}` : nameOf(type);
  }

  #alias(type: Type): string | null {
    const symbol = type.getAliasSymbol();
    if (!symbol) return null;
    const origin = this.#origins.of(symbol);
    const args = type.getAliasTypeArguments();
    if (origin.kind === "package") {
      return this.names.importFrom(origin.module, origin.name) + this.#arguments(args);
    }
    const isWorthIt = type.isObjectType() || type.isUnionType() || type.isIntersectionType();
    if (origin.kind !== "ours" || !isWorthIt) return null;
    // A generic one keeps its name where it is offered by it, as `ChangeOf<"task">`.
    if (args.length > 0) {
      return this.names.has(symbol.name, symbol) ? symbol.name + this.#arguments(args) : null;
    }
    return this.names.claim(symbol.name, symbol) ? symbol.name : null;
  }

  #arguments(args: readonly Type[]): string {
    return args.length > 0 ? `<${args.map((arg) => this.print(arg)).join(", ")}>` : "";
  }

  /** `itself`: the name that it must not be called by here, since it is declared. */
  #structure(type: Type, itself?: string): string {
    if (type.flags & TypeFlags.Boolean) return "boolean";
    if (type.isIntrinsicType()) return type.intrinsicName;
    if (type.isStringLiteralType()) return JSON.stringify(type.value);
    if (type.isLiteralType()) return String(type.value);
    if (type.isTypeParameter()) return nameOf(type);
    if (type.isUnionType()) return this.#union(type, itself);
    if (type.isIntersectionType()) return this.#intersection(type);
    if (type.isIndexedAccessType()) {
      return `${this.print(type.getObjectType())}[${this.print(type.getIndexType())}]`;
    }
    if (type.isIndexType()) return `keyof ${this.print(type.getTarget())}`;
    if (type.isObjectType()) return this.#object(type, itself);
    throw new Error(`No way to print ${this.#checker.typeToString(type)}`);
  }

  #union(union: UnionType, itself?: string): string {
    const types = union.getTypes();
    const isBoolean = types.filter((type) => type.flags & TypeFlags.BooleanLiteral).length === 2;
    const texts = types
      .filter((type) => !(isBoolean && type.flags & TypeFlags.BooleanLiteral))
      .map((type) => this.#operand(type));
    if (isBoolean) texts.push("boolean");
    // What there may be, before that it may not be there.
    const absent = ["null", "undefined"].filter((text) => texts.includes(text));
    const present = [...new Set(texts.filter((text) => !absent.includes(text)))].join(" | ");
    const name = this.names.ofForm(present);
    return [name && name !== itself ? name : present, ...absent].filter(Boolean).join(" | ");
  }

  #intersection(type: IntersectionType): string {
    const types = type.getTypes();
    const isFlat = types.every((each) => each.isObjectType());
    const isNamed = types.some(
      (each) => this.names.ofType(each) ?? this.#alias(each) ?? this.#row(each),
    );
    if (isFlat && !isNamed) return this.#row(type) ?? this.literal(type);
    return types.map((each) => this.#operand(each)).join(" & ");
  }

  /** As a part of a larger type. */
  #operand(type: Type): string {
    const text = this.print(type);
    return / => |^keyof /.test(text) && !text.startsWith("{") ? `(${text})` : text;
  }

  #object(type: Type, itself?: string): string {
    const symbol = type.getSymbol();
    const target = type.isTypeReference() ? type.getTarget() : type;
    const args = type.isTypeReference() ? this.#checker.getTypeArguments(type) : [];
    if (target.isTupleType()) {
      return `${target.readonly ? "readonly " : ""}[${args.map((arg) => this.print(arg)).join(", ")}]`;
    }
    if (this.#checker.isArrayType(type)) return this.#array(type, args);
    if (symbol && symbol.flags & (SymbolFlags.Interface | SymbolFlags.Class)) {
      return this.#reference(type, symbol, args);
    }
    const row = this.#row(type);
    return row && row !== itself ? row : this.literal(type);
  }

  #array(type: Type, [only]: readonly Type[]): string {
    const text = only ? this.print(only) : "never";
    const each = / [|&] | => |^keyof /.test(text) && !text.startsWith("{") ? `(${text})` : text;
    return type.getSymbol()?.name === "ReadonlyArray" ? `readonly ${each}[]` : `${each}[]`;
  }

  #reference(type: Type, symbol: TsSymbol, args: readonly Type[]): string {
    const origin = this.#origins.of(symbol);
    if (origin.kind === "package") {
      return this.names.importFrom(origin.module, origin.name) + this.#arguments(args);
    }
    if (origin.kind === "inside") return this.literal(type);
    // Older compilers know it without what it is made of.
    if (symbol.name === "Uint8Array") return symbol.name;
    if (origin.kind === "global") return symbol.name + this.#arguments(args);
    const isInterface = symbol.flags & SymbolFlags.Interface;
    if (origin.kind === "ours" && isInterface && this.names.claim(symbol.name, symbol)) {
      return symbol.name;
    }
    throw new Error(
      `${this.#trail.join(".")} names ${symbol.name}, which is only declared on the server: ${symbol.declarations[0]?.path}`,
    );
  }

  #row(type: Type): string | null {
    const form = this.#formOf(type);
    return form ? (this.names.ofForm(form) ?? null) : null;
  }

  /** The same for all types with the same fields of the same types; empty for what is not worth it. */
  #formOf(type: Type): string {
    const known = this.#forms.get(type.id);
    if (known !== undefined) return known;
    this.#forms.set(type.id, "");
    const isObject = type.isObjectType() || type.isIntersectionType();
    const properties = isObject ? this.#checker.getPropertiesOfType(type) : [];
    if (properties.length < FIELDS_WORTH_A_NAME) return "";
    const form = properties
      .map((property) => this.property(property))
      .sort()
      .join("\n")
      .replace(/^\s*\/?\*.*\n/gm, "");
    this.#forms.set(type.id, form);
    return form;
  }
}

const nameOf = (type: Type) => type.getSymbol()?.name ?? "T";

const indented = (text: string, by = "  ") => text.replace(/^(?=.)/gm, by);

export const braced = (lines: string[]) =>
  lines.length === 0 ? "{}" : `{\n${indented(lines.join("\n"))}\n}`;
