import { ImageOff } from "lucide-react";

/** On somebody else's server, which would learn who reads this and when: opened on a click. */
export function ImageElsewhere({ src, alt }: { src: string; alt: string }) {
  return (
    <span className="image-missing">
      <ImageOff size={15} aria-hidden="true" />
      {/^https?:/i.test(src) ? (
        <a href={src} target="_blank" rel="noopener noreferrer nofollow">
          {alt || "Open image"}
        </a>
      ) : (
        alt || "Image can't be shown"
      )}
    </span>
  );
}
