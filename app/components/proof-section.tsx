import { Link } from "@remix-run/react";
import type { CheckpointView } from "#rubric/checkpoint.ts";
import { proofWords } from "#rubric/proof-words.ts";
import type { PanelView } from "#rubric/views.ts";
import { CopyButton } from "./copy-button.tsx";
import { Moment } from "./moment.tsx";
import { Section } from "./section.tsx";
import { Stack } from "./stack.tsx";

interface ProofSectionProps {
  readonly panel: Pick<PanelView, "panelId" | "protocol" | "scores">;
  readonly checkpoints: readonly CheckpointView[];
}

/** How somebody who does not trust the server can check the record, and what that shows and does not show. */
export function ProofSection({ panel, checkpoints }: ProofSectionProps) {
  const { shows, showsNot, unbound } = proofWords(panel.protocol);
  return (
    <Section title="How this can be checked">
      <p>
        The ZIP holds the record and <code>verify.mjs</code>, a short program that needs only Node and nothing of this
        server. Read it, then, where the box was unpacked:
      </p>
      <pre>node verify.mjs bundle.json --checkpoint FILE --receipt FILE</pre>
      <p>In a checkout of Concord every figure is computed anew as well, with the name of the bundle:</p>
      <pre>npm run --silent concord -- verify FILE</pre>
      <p>
        Write a checkpoint down, or send it to a colleague, whenever the panel moves on: it is the newest head of the
        log. Nothing before it can be changed unseen while somebody holds it.
      </p>
      <Checkpoints checkpoints={checkpoints} />
      {panel.scores ? (
        <p>
          <Link to={`/panels/${panel.panelId}/receipt`}>Your receipts</Link> bind your own answers.
        </p>
      ) : null}
      <Words title="What a check shows" sentences={shows} />
      <Words title="What it does not show" sentences={showsNot} />
      <Words title="What is in a file and bound to nothing" sentences={unbound} />
    </Section>
  );
}

function Checkpoints({ checkpoints }: Pick<ProofSectionProps, "checkpoints">) {
  const newest = checkpoints.at(-1);
  if (!newest) return null;
  const earlier = checkpoints.slice(0, -1).reverse();
  return (
    <Stack gap="tight">
      <Checkpoint checkpoint={newest} />
      {earlier.length === 0 ? null : (
        <details>
          <summary>Earlier checkpoints</summary>
          <Stack gap="tight">
            {earlier.map((checkpoint) => (
              <Checkpoint key={checkpoint.text} checkpoint={checkpoint} />
            ))}
          </Stack>
        </details>
      )}
    </Stack>
  );
}

function Checkpoint({ checkpoint: { act, round, at, text } }: { checkpoint: CheckpointView }) {
  return (
    <div>
      <p>
        {act === null ? "Now" : `Round ${round} ${moveWords[act]}`}, <Moment at={at} />{" "}
        <CopyButton text={text}>Copy</CopyButton>
      </p>
      <pre>{text}</pre>
    </div>
  );
}

const moveWords = { "round-opened": "opened", "round-revealed": "revealed", "round-closed": "closed" };

function Words({ title, sentences }: { title: string; sentences: readonly string[] }) {
  return (
    <div>
      <h3>{title}</h3>
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}
