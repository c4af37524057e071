/** An image is what it was made of: nothing here draws. */
export class NativeImage {
  readonly source: unknown;
  isTemplate = false;
  constructor(source: unknown) {
    this.source = source;
  }
  isEmpty = () => this.source === null;
  setTemplateImage(on: boolean) {
    this.isTemplate = on;
  }
  resize(_options: object) {
    return this;
  }
  toPNG = () => Buffer.from(String(this.source));
  toDataURL = () => `data:image/png;base64,${this.toPNG().toString("base64")}`;
  getSize = () => ({ width: 16, height: 16 });
}

export const nativeImage = {
  createEmpty: () => new NativeImage(null),
  createFromPath: (path: string) => new NativeImage(path),
  createFromBuffer: (bytes: Buffer) => new NativeImage(bytes),
  createFromDataURL: (url: string) => new NativeImage(url),
};
