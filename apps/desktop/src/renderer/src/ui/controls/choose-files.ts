/** Opens the computer's own window for choosing files; nothing happens when it is closed without. */
export function chooseFiles(
  { multiple, accept = "" }: { multiple: boolean /** As an input's. */; accept?: string },
  take: (files: readonly File[]) => void,
) {
  const input = document.createElement("input");
  input.type = "file";
  input.multiple = multiple;
  input.accept = accept;
  input.addEventListener("change", () => take([...(input.files ?? [])]));
  input.click();
}
