/** The system's name for what went wrong (`ENOENT`, `EEXIST`, ...), or an empty text. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error) || !("code" in error)) return "";
  return typeof error.code === "string" ? error.code : "";
}
