/** Colours a new label gets by itself, one after the other; the server stores colours as #rrggbb. */
export const labelColors = [
  "#d9483b",
  "#8e5bd6",
  "#2f9e8f",
  "#d9722e",
  "#3b78d9",
  "#4c9a4a",
  "#d0539a",
  "#c79a22",
  "#3a9bd0",
];

export const nextLabelColor = (labels: number): string =>
  labelColors[labels % labelColors.length] ?? "#888888";
