/** The header in which a page says whom it speaks for; over a socket a connection parameter. */
export const SPEAKS_FOR = "x-guildhall-speaks-for";
