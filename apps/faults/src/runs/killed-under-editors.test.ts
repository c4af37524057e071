import { testFault } from "../test-fault.ts";
import { killedUnderEditors } from "./typing-run.ts";

testFault(killedUnderEditors);
