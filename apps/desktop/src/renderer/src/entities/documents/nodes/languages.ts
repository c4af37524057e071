/** What code can be in: the value as it stands behind a fence, and its name. */
export const languages: readonly (readonly [value: string, name: string])[] = [
  ["", "Plain text"],
  ["mermaid", "Mermaid diagram"],
  ["bash", "Bash"],
  ["c", "C"],
  ["cpp", "C++"],
  ["csharp", "C#"],
  ["css", "CSS"],
  ["diff", "Diff"],
  ["go", "Go"],
  ["graphql", "GraphQL"],
  ["html", "HTML"],
  ["ini", "INI, TOML"],
  ["java", "Java"],
  ["javascript", "JavaScript"],
  ["json", "JSON"],
  ["kotlin", "Kotlin"],
  ["less", "Less"],
  ["lua", "Lua"],
  ["makefile", "Makefile"],
  ["markdown", "Markdown"],
  ["objectivec", "Objective-C"],
  ["perl", "Perl"],
  ["php", "PHP"],
  ["python", "Python"],
  ["r", "R"],
  ["ruby", "Ruby"],
  ["rust", "Rust"],
  ["scss", "SCSS"],
  ["shell", "Shell session"],
  ["sql", "SQL"],
  ["swift", "Swift"],
  ["typescript", "TypeScript"],
  ["vbnet", "Visual Basic"],
  ["wasm", "WebAssembly"],
  ["xml", "XML"],
  ["yaml", "YAML"],
];

/** As they stand behind many a fence; what was written is kept. */
const short: Readonly<Record<string, string>> = {
  console: "shell",
  js: "javascript",
  jsx: "javascript",
  md: "markdown",
  py: "python",
  rb: "ruby",
  rs: "rust",
  sh: "bash",
  toml: "ini",
  ts: "typescript",
  tsx: "typescript",
  yml: "yaml",
};

export function languageName(value: string): string {
  const known = short[value] ?? value;
  return languages.find(([each]) => each === known)?.[1] ?? value;
}
