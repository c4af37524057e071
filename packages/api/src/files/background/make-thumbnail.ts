import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { PICTURE_PIXELS, THUMBNAIL_PIXELS } from "../thumbnail-rules.ts";
import type { Thumbnail } from "./reading.ts";

/** A hundred megapixels: more than any camera of today makes. What claims more is not decoded at all. */
const MAX_PIXELS = 100_000_000;

type Wanted = { type: string; isSquare: boolean };

/**
 * A small picture, turned as the camera was held. It has nothing of what came with the image: no
 * place, no camera, no name. Only the first frame of those that move.
 */
export async function makeThumbnail(path: string, { type, isSquare }: Wanted): Promise<Thumbnail> {
  sharp.cache(false);
  sharp.concurrency(1);
  // Without a path of its own an SVG finds no other file.
  const input = type === "image/svg+xml" ? await readFile(path) : path;
  const image = sharp(input, {
    limitInputPixels: MAX_PIXELS,
    failOn: "error",
    sequentialRead: true,
    pages: 1,
  });
  const { autoOrient } = await image.metadata();
  const bytes = await image
    .autoOrient()
    .resize(
      isSquare
        ? { width: PICTURE_PIXELS, height: PICTURE_PIXELS, fit: "cover" }
        : {
            ...{ width: THUMBNAIL_PIXELS, height: THUMBNAIL_PIXELS },
            ...{ fit: "inside", withoutEnlargement: true },
          },
    )
    .webp({ quality: 78 })
    .toBuffer();
  return { bytes, width: autoOrient.width, height: autoOrient.height };
}
