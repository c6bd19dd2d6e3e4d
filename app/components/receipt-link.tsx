import { DownloadLink } from "./button.tsx";

/** One's own receipt, as a file to keep. */
export function ReceiptLink({ panelId, round }: { panelId: string; round: number }) {
  return (
    <DownloadLink href={`/api/v1/panels/${panelId}/receipt?round=${round}`}>
      Download the receipt of round {round}
    </DownloadLink>
  );
}
