import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ButtonLink } from "#app/components/button.tsx";
import { nextActionIn, ownOf } from "#app/components/next-action.ts";
import { MemberTable, ProtocolTable, RoundList, SightTable, WatchList } from "#app/components/overview-parts.tsx";
import { PageTitle, titleOf } from "#app/components/page-title.tsx";
import { PanelShell } from "#app/components/panel-shell.tsx";
import { ruleSentences } from "#app/components/protocol-words.ts";
import { RubricParts } from "#app/components/rubric-parts.tsx";
import { Section } from "#app/components/section.tsx";
import { roleSentence } from "#app/components/sight-words.ts";
import { Stack } from "#app/components/stack.tsx";
import { answerRead, appOf, requireMember } from "#app/request.server.ts";
import { readPanel } from "#server/queries/read-panel.ts";
import { readSheet } from "#server/queries/read-sheet.ts";

export function loader({ context, request, params }: LoaderFunctionArgs) {
  return answerRead(context, async () => {
    const member = await requireMember(context, request, params.panelId);
    const panel = await readPanel(appOf(context), member);
    const sheet = member.scores ? await readSheet(appOf(context), member) : null;
    return { panel, own: ownOf(sheet) };
  });
}

export function meta() {
  return titleOf("Overview");
}

export default function Overview() {
  const { panel, own } = useLoaderData<typeof loader>();
  const next = nextActionIn({ ...panel, own });
  const isHere = next.path === `/panels/${panel.panelId}`;
  return (
    <PanelShell panel={panel} current="overview">
      <Stack gap="section">
        <PageTitle
          lead={roleSentence(panel.role)}
          actions={
            isHere ? null : (
              <ButtonLink to={next.path} look="primary">
                {next.words}
              </ButtonLink>
            )
          }
        >
          <bdi>{panel.title}</bdi>
        </PageTitle>
        <Section title="Rounds">
          <RoundList panel={panel} />
        </Section>
        <Section title="Who sees what">
          <WatchList panel={panel} />
          <SightTable panel={panel} review={own?.state ?? null} />
        </Section>
        <Section title="How a cell is decided">
          <Stack gap="tight">
            {ruleSentences(panel.protocol).map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </Stack>
        </Section>
        <Section title="Protocol">
          <ProtocolTable panel={panel} />
        </Section>
        <Section title="What is judged">
          <RubricParts panel={panel} />
        </Section>
        <Section title="Members">
          <MemberTable panel={panel} />
        </Section>
      </Stack>
    </PanelShell>
  );
}
