import { DownloadLink } from "./button.tsx";
import { ButtonRow } from "./stack.tsx";

interface ReceiptLinksProps {
  readonly panelId: string;
  readonly rounds: readonly number[];
}

/** One's own receipts, as files to keep. */
export function ReceiptLinks({ panelId, rounds }: ReceiptLinksProps) {
  return (
    <ButtonRow>
      {rounds.map((round) => (
        <DownloadLink key={round} href={`/api/v1/panels/${panelId}/receipt?round=${round}`}>
          {`Download the receipt of round ${round}`}
        </DownloadLink>
      ))}
    </ButtonRow>
  );
}
