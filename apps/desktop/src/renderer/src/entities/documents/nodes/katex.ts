/** What draws formulas, with its style: they come as one, with the first formula. */
import "katex/dist/katex.min.css";
import katex from "katex";

export default katex;
