import { testFault } from "../test-fault.ts";
import { twoWorkersUnderEditors } from "./typing-run.ts";

testFault(twoWorkersUnderEditors);
