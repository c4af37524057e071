/**
 * The sender's side of an upload in parts, for pages and tools. It ends with the first part that does
 * not arrive; called again, it goes on with those that are missing.
 */
export type PartsOf<File> = {
  body: Blob;
  /** `files.begin` */
  begin: () => Promise<{
    partBytes: number;
    done: number[];
    direct: boolean;
    file: File | null;
  }>;
  /** PUT /files/<id>/parts/<n> */
  send: (n: number, part: Blob) => Promise<unknown>;
  /**
   * PUT to what `files.partAddress` says, when the store takes parts itself. Rejects when that does
   * not work here, as behind a firewall: this part and the rest then go by the server.
   */
  sendDirect?: (n: number, part: Blob) => Promise<unknown>;
  /** `files.finish` */
  finish: () => Promise<File>;
  /** Parts under way at a time. */
  atOnce?: number;
};

export async function sendInParts<File>(upload: PartsOf<File>): Promise<File> {
  const { body, begin, send, finish, atOnce = 3 } = upload;
  const { partBytes, done, direct, file } = await begin();
  if (file) return file;
  const here = new Set(done);
  const count = Math.ceil(body.size / partBytes);
  const missing = Array.from({ length: count }, (_, i) => i + 1).filter((n) => !here.has(n));
  let sendDirect = direct ? upload.sendDirect : undefined;
  async function sendOne(n: number, part: Blob) {
    if (sendDirect) {
      const wentDirect = await sendDirect(n, part).then(
        () => true,
        () => false,
      );
      if (wentDirect) return;
      sendDirect = undefined;
    }
    await send(n, part);
  }
  let failure: { error: unknown } | null = null;
  async function sendSome() {
    for (let n = missing.shift(); n !== undefined && !failure; n = missing.shift()) {
      const start = (n - 1) * partBytes;
      try {
        await sendOne(n, body.slice(start, start + partBytes));
      } catch (error) {
        failure ??= { error };
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, sendSome));
  if (failure) throw (failure as { error: unknown }).error;
  return finish();
}
