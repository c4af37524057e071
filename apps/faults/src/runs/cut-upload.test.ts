import { testFault } from "../test-fault.ts";
import { cutUpload } from "./cut-upload-run.ts";

testFault(cutUpload);
