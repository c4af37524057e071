import { DocumentCodeBlock } from "@guildhall/api/document-model";
import { common, createLowlight } from "lowlight";

const lowlight = createLowlight(common);

export const CodeBlockView = DocumentCodeBlock.configure({ lowlight });
