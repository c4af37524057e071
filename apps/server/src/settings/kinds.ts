/** What a setting may be like, and how a person is told that it is not. */
import { z } from "zod";

export const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.number().min(min).max(max));
export const webAddress = z
  .url({ protocol: /^https?$/ })
  .transform((url) => url.replace(/\/+$/, ""));
export const databaseAddress = z.url({ protocol: /^postgres(ql)?$/ });
export const redisAddresses = z
  .string()
  .transform((list) => list.split(",").map((each) => each.trim()))
  .pipe(z.array(z.url({ protocol: /^rediss?$/ })).min(1));
/** Other programs write `5.0`. */
export const seconds = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,5}(\.\d{1,3})?$/)
    .transform(Number)
    .pipe(z.number().min(min).max(max));
export const YES = ["true", "1", "yes", "on"] as const;
const NO = ["false", "0", "no", "off"] as const;
export const yesOrNo = z
  .string()
  .toLowerCase()
  .pipe(z.enum([...YES, ...NO]))
  .transform((v) => YES.some((yes) => yes === v));
/** `example.org, example.com`, in small letters. */
export const domains = z
  .string()
  .toLowerCase()
  .transform((list) =>
    list
      .split(",")
      .map((each) => each.trim())
      .filter(Boolean),
  )
  .pipe(z.array(z.string().regex(/^([a-z0-9-]+\.)+[a-z0-9-]{2,}$/)));
/** `host`, `host:9000`, `http://host:9000`: as MinIO's own tools and its other clients want it. */
export const storeEndpoint = z
  .string()
  .regex(/^(https?:\/\/)?([\w.-]+|\[[\da-f:]+\])(:\d{1,5})?\/?$/i)
  .transform((given) => {
    const [, scheme = "", host = "", port] =
      /^(?:(https?):\/\/)?(.+?)(?::(\d+))?\/?$/i.exec(given) ?? [];
    return { host, port: port ? Number(port) : null, scheme: scheme.toLowerCase() };
  });
export const origin = z.string().regex(/^[a-z][a-z0-9+.-]*:\/\/[^/\s,]+$/i);

export type Rule = {
  schema: z.ZodType;
  must: string;
  example: string;
  secret?: boolean;
  /** A name by which operators know it from elsewhere; it is read where ours is not given. */
  alias?: string;
};

/** A whole number; `example` where another than the usual one says more. */
export const number = (
  [min, max]: [number, number],
  initially: number,
  { unit = "", example = initially } = {},
) => ({
  schema: whole(min, max).default(initially),
  must: `be a whole number${unit && ` of ${unit}`}, ${min} to ${max}`,
  example: String(example),
});

export const choice = (initially: "true" | "false", example = initially) => ({
  schema: yesOrNo.default(initially === "true"),
  must: "be true or false",
  example,
});
