/** Both for who makes thumbnails and for who gives them out. */
export const THUMBNAIL_TYPE = "image/webp";
/** The longer side at most; sharp on a tile of 240 also where a pixel is two. */
export const THUMBNAIL_PIXELS = 512;
/** Each side of somebody's picture, or a workspace's; sharp at 96 also where a pixel is two. */
export const PICTURE_PIXELS = 192;
