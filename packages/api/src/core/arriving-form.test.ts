import fc from "fast-check";
import { expect, test } from "vitest";
import { ArrivingForm, BrokenForm, collect, partsOf } from "./arriving-form.ts";

type Read = { name: string; fileName: string | null; text: string };

async function read(
  parts: AsyncIterable<{
    name: string;
    fileName: string | null;
    content: AsyncIterable<Uint8Array>;
  }>,
) {
  const all: Read[] = [];
  for await (const { name, fileName, content } of parts) {
    all.push({ name, fileName, text: (await collect(content, 1e8)).toString("latin1") });
  }
  return all;
}

/** In pieces of these lengths, whose memory is wiped as soon as the next is asked for. */
async function* inPieces(bytes: Uint8Array, lengths: number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, n = 0; at < bytes.length; n++) {
    const piece = bytes.slice(at, at + (lengths[n % lengths.length] ?? 1));
    at += piece.length;
    yield piece;
    piece.fill(0);
  }
}

async function sent(form: FormData) {
  const response = new Response(form);
  const type = response.headers.get("content-type") ?? "";
  return { type, bytes: new Uint8Array(await response.arrayBuffer()) };
}

const boundaryLike = fc.constantFrom("\r\n", "--", "\r\n--", "\r\n\r\n", "\r", "-");
const text = fc
  .array(fc.oneof(boundaryLike, fc.string({ maxLength: 40 }), fc.constant("x".repeat(3_000))))
  .map((pieces) => pieces.join(""));

test("a form arrives as it was sent, however it is cut into pieces", async () => {
  const lengths = fc.array(
    fc.oneof(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1_000, max: 5_000 })),
    {
      minLength: 1,
      maxLength: 5,
    },
  );
  await fc.assert(
    fc.asyncProperty(text, text, lengths, async (content, field, cuts) => {
      const form = new FormData();
      form.set("file", new File([content], 'a "quoted"\r\nname.csv'));
      form.set("mutationId", field);
      const { type, bytes } = await sent(form);
      const arriving = new ArrivingForm(() => inPieces(bytes, cuts), type);
      const parts = await read(arriving.parts());
      const [file, other] = await read(
        partsOf(await new Response(bytes, { headers: { "content-type": type } }).formData()),
      );
      expect(parts).toEqual([{ ...file, fileName: 'a "quoted"\r\nname.csv' }, { ...other }]);
    }),
    { numRuns: 200 },
  );
});

test("a form that ends too early, or is none, is told as that", async () => {
  const form = new FormData();
  form.set("file", new File(["Title\nA\n"], "a.csv"));
  const { type, bytes } = await sent(form);
  for (const length of [0, 1, 20, 60, bytes.length - 8]) {
    const cut = new ArrivingForm(() => inPieces(bytes.subarray(0, length), [16]), type);
    await expect(read(cut.parts())).rejects.toBeInstanceOf(BrokenForm);
  }
  const nameless = new ArrivingForm(() => inPieces(bytes, [16]), "multipart/form-data");
  expect(() => nameless.parts()).toThrow(BrokenForm);
  const other = new ArrivingForm(() => inPieces(bytes, [16]), "multipart/form-data; boundary=no");
  await expect(read(other.parts())).rejects.toBeInstanceOf(BrokenForm);
});

test("headers without end and parts without number are refused", async () => {
  const type = "multipart/form-data; boundary=b";
  const long = Buffer.from(`--b\r\nContent-Disposition: ${"x".repeat(20_000)}`);
  const many = Buffer.from(
    `${'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'.repeat(30)}--b--`,
  );
  for (const bytes of [long, many]) {
    const form = new ArrivingForm(() => inPieces(bytes, [500]), type);
    await expect(read(form.parts())).rejects.toBeInstanceOf(BrokenForm);
  }
});
