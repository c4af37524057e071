import { expect, test } from "vitest";
import { appLink, readAppLink } from "./app-link.ts";

const server = "https://team.example.org";
const link = (of: string, path: string) =>
  `guildhall://open?server=${encodeURIComponent(of)}&path=${encodeURIComponent(path)}`;

test.each([
  [server, "/w/01a/task/WHEEL-1"],
  [server, "/w/01a/d/02b#comment-03c"],
  [server, "/w/01a/p/WHEEL/board?peek=WHEEL-1&sort=due"],
  ["http://10.0.0.5:8001/guild", "/w/01a"],
])("a link that was copied is read as it was: %s %s", (of, path) => {
  expect(readAppLink(appLink({ server: of, path }))).toEqual({ server: of, path });
});

test("a server's address is read without its last slash", () => {
  expect(readAppLink(link(`${server}/`, "/w/01a"))?.server).toBe(server);
});

test.each([
  ["no link", "hello"],
  ["another scheme", "https://open?server=https%3A%2F%2Fa.org&path=%2Fw%2F1"],
  ["another verb", "guildhall://run?server=https%3A%2F%2Fa.org&path=%2Fw%2F1"],
  ["a name and a password", "guildhall://a:b@open?server=https%3A%2F%2Fa.org&path=%2Fw%2F1"],
  ["no server", "guildhall://open?path=%2Fw%2F1"],
  ["no path", `guildhall://open?server=${encodeURIComponent(server)}`],
  ["two servers", `${link(server, "/w/1")}&server=https%3A%2F%2Fevil.org`],
  ["something more", `${link(server, "/w/1")}&run=1`],
  ["a script as the server", link("javascript:alert(1)", "/w/1")],
  ["a file as the server", link("file:///etc/passwd", "/w/1")],
  ["our own pages as the server", link("app://guildhall", "/w/1")],
  ["a server with a password", link("https://ann:pw@team.example.org", "/w/1")],
  ["a server with a query", link("https://team.example.org/?x=1", "/w/1")],
  ["another place than a workspace's", link(server, "/instance")],
  ["an invitation", link(server, "/join?invitation=secret")],
  ["another host by slashes", link(server, "//evil.org/w/1")],
  ["another host by backslashes", link(server, "/w/1\\..\\..\\evil.org")],
  ["slashes in the middle", link(server, "/w/1//evil.org")],
  ["a way up", link(server, "/w/1/../../instance")],
  ["an encoded way up", link(server, "/w/1/%2e%2e/%2e%2e/instance")],
  ["an encoded slash", link(server, "/w/1%2f..%2finstance")],
  ["an address as the path", link(server, "https://evil.org/w/1")],
  ["a script as the path", link(server, "javascript:alert(1)")],
  ["a line break", link(server, "/w/1\nSet-Cookie: a")],
  ["a control character", link(server, "/w/1\u0007")],
  ["a space", link(server, "/w/1 --flag")],
  ["no id", link(server, "/w/")],
  ["one that is too long", link(server, `/w/1/${"x".repeat(3_000)}`)],
])("a link with %s is refused", (_, text) => {
  expect(readAppLink(text)).toBeNull();
});
