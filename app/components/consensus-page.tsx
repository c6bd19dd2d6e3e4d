import { useLivePage } from "#app/hooks/use-live-page.ts";
import { chanceSentence } from "#rubric/analysis/analysis-words.ts";
import { ruleSentence } from "#rubric/rule-words.ts";
import { panelSentence, policySentence } from "#rubric/sentences.ts";
import type { ConsensusView, PanelView, SnapshotEntry } from "#rubric/views.ts";
import { AgreementSection } from "./agreement-section.tsx";
import { AnalysisSections } from "./analysis-sections.tsx";
import { ButtonLink } from "./button.tsx";
import { ConnectionState } from "./connection-state.tsx";
import styles from "./consensus-page.module.css";
import { ConsensusTiles } from "./consensus-tiles.tsx";
import { Moment } from "./moment.tsx";
import { MovementSection } from "./movement-section.tsx";
import { NumbersTable } from "./numbers-table.tsx";
import { OutcomeKey } from "./outcome.tsx";
import { PageTitle } from "./page-title.tsx";
import { PanelShell } from "./panel-shell.tsx";
import { progressWords } from "./phase-words.ts";
import { SealedBox } from "./sealed-box.tsx";
import { Stack } from "./stack.tsx";

interface ConsensusPageProps {
  readonly panel: PanelView;
  readonly consensus: ConsensusView;
  readonly snapshots: readonly SnapshotEntry[];
}

type Visible = ConsensusView & { visible: true };

/** What the panel concluded, policy by policy; no total and no ranking. */
export function ConsensusPage({ panel, consensus, snapshots }: ConsensusPageProps) {
  const { connection } = useLivePage({ panelId: panel.panelId, version: consensus.version });
  const status = (
    <>
      {progressWords(panel.progress)} <ConnectionState connection={connection} />
    </>
  );
  return (
    <PanelShell panel={panel} current="consensus" status={status}>
      <Stack gap="section">
        <PageTitle
          lead={consensus.visible ? panelSentence(consensus.cells) : undefined}
          actions={
            <ButtonLink to={`/panels/${panel.panelId}/report`} look="primary">
              Take it with you
            </ButtonLink>
          }
        >
          {consensus.visible && snapshots.length > 0 ? "What the panel concluded" : "What the panel concludes so far"}
        </PageTitle>
        {consensus.visible ? (
          <Articles panel={panel} consensus={consensus} snapshots={snapshots} />
        ) : (
          <SealedBox title="The consensus is sealed">
            <p>{consensus.reason}</p>
          </SealedBox>
        )}
      </Stack>
    </PanelShell>
  );
}

function Articles({
  panel,
  consensus,
  snapshots,
}: {
  panel: PanelView;
  consensus: Visible;
  snapshots: readonly SnapshotEntry[];
}) {
  const isSoFar = snapshots.length === 0;
  return (
    <>
      <OutcomeKey />
      {panel.policies.map((policy) => {
        const cells = consensus.cells.filter((cell) => cell.policyId === policy.id);
        const summary = consensus.policies.find((one) => one.policyId === policy.id);
        return (
          <article key={policy.id} className={styles.policy} aria-labelledby={`policy-${policy.id}`}>
            <h2 id={`policy-${policy.id}`}>
              <span className={styles.id}>{policy.id}</span> <bdi>{policy.title}</bdi>
            </h2>
            <p>{policySentence(cells, panel.rubric)}</p>
            {summary ? <ConsensusTiles panel={panel} cells={cells} summary={summary} isSoFar={isSoFar} /> : null}
          </article>
        );
      })}
      {consensus.agreement ? (
        <AgreementSection
          panel={panel}
          agreement={consensus.agreement}
          cells={consensus.cells}
          reliability={consensus.robustness?.reliability ?? null}
        />
      ) : null}
      {consensus.movement.length > 0 ? (
        <MovementSection panel={panel} movement={consensus.movement} changes={consensus.robustness?.changes ?? null} />
      ) : null}
      <AnalysisSections panel={panel} consensus={consensus} />
      <details>
        <summary>Numbers</summary>
        <NumbersTable panel={panel} cells={consensus.cells} isSoFar={isSoFar} />
      </details>
      <Method consensus={consensus} snapshots={snapshots} />
    </>
  );
}

function Method({ consensus, snapshots }: { consensus: Visible; snapshots: readonly SnapshotEntry[] }) {
  const { method, parameters } = consensus;
  const { rule: id, ...limits } = parameters;
  return (
    <section>
      <Stack gap="tight" narrow>
        <h2>How this was computed</h2>
        <p>{ruleSentence({ id, ...limits })}</p>
        <p>
          Quantiles are of type 2. Below {parameters.minScores} scores a cell has no outcome. Method {method.id},
          version {method.version}.
        </p>
        {consensus.robustness === null ? null : <p>{chanceSentence(consensus.robustness.measures)}</p>}
        {snapshots.map((snapshot) => (
          <p key={snapshot.version}>
            Round {snapshot.round}, stored <Moment at={snapshot.createdAt} />: input{" "}
            <code>{snapshot.inputHash.slice(0, 16)}</code>, figures <code>{snapshot.outputHash.slice(0, 16)}</code>
          </p>
        ))}
      </Stack>
    </section>
  );
}
