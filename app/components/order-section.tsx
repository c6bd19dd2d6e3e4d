import { printed } from "#rubric/agreement-words.ts";
import type { Analysis } from "#rubric/analysis/analysis.ts";
import { campsSentence, hundredths, leftOutSentence, orderSentences } from "#rubric/analysis/analysis-words.ts";
import type { PolicyOrder } from "#rubric/analysis/policy-order.ts";
import type { PanelView } from "#rubric/views.ts";
import { DataTable } from "./data-table.tsx";
import { RankRanges } from "./rank-ranges.tsx";
import { Stack } from "./stack.tsx";

interface OrderSectionProps {
  readonly panel: Pick<PanelView, "rubric" | "policies">;
  readonly order: PolicyOrder;
  readonly camps: Analysis["camps"];
}

/** Whether the scores put the policies in an order, and what could change it. */
export function OrderSection({ panel, order, camps }: OrderSectionProps) {
  const leftOut = leftOutSentence(order);
  return (
    <section>
      <Stack gap="tight">
        <h2>Does the order of the policies hold?</h2>
        {orderSentences(order).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {leftOut === null ? null : <p>{leftOut}</p>}
        {camps === null ? null : <p>{campsSentence(camps)}</p>}
        <RankRanges order={order} />
        <details>
          <summary>Values and shares of weightings</summary>
          <Stack gap="tight">
            <ValuesTable panel={panel} order={order} />
            <SharesTable order={order} />
          </Stack>
        </details>
      </Stack>
    </section>
  );
}

function ValuesTable({ panel, order }: Pick<OrderSectionProps, "panel" | "order">) {
  const hasAdjusted = order.policies.some(({ value, adjustedValue }) => isApart(value, adjustedValue));
  return (
    <DataTable caption="Value of each policy: 0 if every score were the lowest level, 1 if every score were the highest">
      <thead>
        <tr>
          <th scope="col">Policy</th>
          <th scope="col">Value</th>
          <th scope="col">Equal weights</th>
          <th scope="col">95 % of resamples</th>
          {hasAdjusted ? <th scope="col">Severity-adjusted</th> : null}
          {panel.rubric.perspectives.map(({ id, title }) => (
            <th key={id} scope="col">
              <bdi>{title}</bdi>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {order.policies.map((one) => (
          <tr key={one.policyId}>
            <PolicyName id={one.policyId} policies={panel.policies} />
            <td>{printed(one.value)}</td>
            <td>{printed(one.equalValue)}</td>
            <td>{one.low === null ? "–" : `${printed(one.low)} to ${printed(one.high)}`}</td>
            {hasAdjusted ? <td>{printed(one.adjustedValue)}</td> : null}
            {one.perspectives.map(({ perspectiveId, value }) => (
              <td key={perspectiveId}>{printed(value)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}

function isApart(value: number | null, adjusted: number | null): boolean {
  return value !== null && adjusted !== null && Math.abs(value - adjusted) > 1e-9;
}

function PolicyName({ id, policies }: { id: string; policies: PanelView["policies"] }) {
  return (
    <th scope="row">
      {id} <bdi>{policies.find((policy) => policy.id === id)?.title ?? ""}</bdi>
    </th>
  );
}

function SharesTable({ order }: Pick<OrderSectionProps, "order">) {
  const ranks = order.policies.map((_, place) => place + 1);
  return (
    <DataTable caption="Share of all possible weightings that put a policy at each rank">
      <thead>
        <tr>
          <th scope="col">Policy</th>
          {ranks.map((rank) => (
            <th key={rank} scope="col">
              {rank}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {order.policies.map(({ policyId }, place) => (
          <tr key={policyId}>
            <th scope="row">{policyId}</th>
            {ranks.map((rank) => {
              const share = order.acceptability.rankAcceptability?.[place]?.[rank - 1] ?? null;
              return <td key={rank}>{share === null ? "–" : `${hundredths(share)} %`}</td>;
            })}
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}
