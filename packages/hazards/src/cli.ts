/** Where the text goes: the command line itself reads and writes nothing else. */
export interface Terminal {
  out(text: string): void;
  error(text: string): void;
}
