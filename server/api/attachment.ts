/** An answer to be saved as a file. */
export class Attachment {
  readonly fileName: string;
  readonly mediaType: string;
  readonly body: string | Uint8Array;

  constructor(file: { fileName: string; mediaType: string; body: string | Uint8Array }) {
    this.fileName = file.fileName;
    this.mediaType = file.mediaType;
    this.body = file.body;
  }
}

/**
 * The header that names a file to be saved, after RFC 6266: a plain name for every client, and the true one beside it.
 * @example contentDisposition("Übersicht.csv") // `attachment; filename="_bersicht.csv"; filename*=UTF-8''%C3%9Cbersicht.csv`
 */
export function contentDisposition(fileName: string): string {
  const plain = fileName.replaceAll(/[^A-Za-z0-9._ -]/g, "_");
  const encoded = encodeURIComponent(fileName).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
