/**
 * The header in which a page says whose edits these are; over a socket `EXPECTED_USER_PARAM`. Both are
 * called as pages of the first version call them: one that is still open must be refused all the same.
 */
export const EXPECTED_USER_HEADER = "x-guildhall-speaks-for";
export const EXPECTED_USER_PARAM = "speaksFor";
